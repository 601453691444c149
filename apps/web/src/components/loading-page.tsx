import { Skeleton, Stack } from '@mantine/core';
import { Page } from './page.tsx';

/** A page that takes longer than 200 ms: the shape that most pages have. */
export function LoadingPage() {
  return (
    <Page>
      <div role="status" aria-label="Loading">
        <Skeleton width={180} height={22} mt={6} mb={32} />
        <Stack gap={12}>
          <Skeleton height={34} width={300} radius="md" />
          <Skeleton height={320} radius="md" />
        </Stack>
      </div>
    </Page>
  );
}
