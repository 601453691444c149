import { Skeleton, Stack } from '@mantine/core';

/** The shape of the panel while it loads. */
export function PanelSkeleton() {
  return (
    <Stack gap="sm">
      {[60, 80, 50, 70].map((width) => (
        <Skeleton key={width} width={`${width}%`} height={12} />
      ))}
    </Stack>
  );
}
