import { startTransition, useEffect, useState } from 'react';

const step = 12;

/** How many of many rows to draw: the first at once, the others while the page can be used already. */
export function useGrowing(count: number): number {
  const [drawn, setDrawn] = useState(step);
  useEffect(() => {
    if (drawn === Number.POSITIVE_INFINITY) return;
    // A row that is added later is drawn with the edit, as the focus goes there.
    if (drawn >= count) return setDrawn(Number.POSITIVE_INFINITY);
    const frame = requestAnimationFrame(() => startTransition(() => setDrawn(drawn + step)));
    return () => cancelAnimationFrame(frame);
  }, [drawn, count]);
  return Math.min(drawn, count);
}
