import { Skeleton, Stack } from '@mantine/core';
import { Page } from './page.tsx';

const rows = [62, 48, 71, 55, 66, 43, 58];

/** A page that takes longer than 200 ms: a title, a line of filters and rows, as most pages have. */
export function LoadingPage() {
  return (
    <Page>
      <div role="status" aria-label="Loading">
        <Skeleton width={160} height={20} mt={7} mb={33} />
        <Skeleton height={34} width={300} radius="md" mb={24} />
        <Stack gap={32}>
          {rows.map((width) => (
            <Skeleton key={width} height={10} width={`${width}%`} />
          ))}
        </Stack>
      </div>
    </Page>
  );
}
