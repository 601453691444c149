import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/** Lets the loaders say the name in the top bar again after it changed. */
export function useCrumbOf(name: string | undefined): void {
  const router = useRouter();
  const shown = useRef(name);
  useEffect(() => {
    if (shown.current !== undefined && name !== undefined && shown.current !== name) void router.invalidate();
    shown.current = name;
  }, [name, router]);
}
