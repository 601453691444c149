import { startTransition, useEffect, useState } from 'react';

const step = 12;

/** How many of many rows to draw: the first at once, the others while the page can be used already. */
export function useGrowing(count: number): number {
  const [drawn, setDrawn] = useState(step);
  const isWhole = drawn >= count;
  useEffect(() => {
    if (isWhole) return;
    const frame = requestAnimationFrame(() => startTransition(() => setDrawn(drawn + step)));
    return () => cancelAnimationFrame(frame);
  }, [drawn, isWhole]);
  // A row that is added to a whole group is drawn with it.
  return isWhole ? count : drawn;
}
