import { Skeleton } from '@mantine/core';

/** A grey bar where a cell's words will be; its width varies by row and column, but never between two renders. */
export function CellSkeleton({ row, column }: { readonly row: number; readonly column: number }) {
  return <Skeleton height={10} width={`${40 + ((row * 7 + column * 13) % 5) * 10}%`} display="inline-block" />;
}
