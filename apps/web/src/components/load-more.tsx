import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';

interface LoadMoreProps {
  readonly onLoadMore: () => void;
  readonly loading: boolean;
}

/** The foot of a list that has more: loads when it comes near the screen, and is a button for everybody else. */
export function LoadMore({ onLoadMore, loading }: LoadMoreProps) {
  const foot = useRef<HTMLDivElement>(null);
  const load = useRef(onLoadMore);
  load.current = onLoadMore;
  useEffect(() => {
    const element = foot.current;
    if (element === null || loading) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) load.current();
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [loading]);
  return (
    <div ref={foot} style={{ display: 'flex', justifyContent: 'center', padding: 12 }}>
      <Button variant="subtle" color="gray" size="xs" loading={loading} onClick={onLoadMore}>
        Load more
      </Button>
    </div>
  );
}
