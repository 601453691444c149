import { useMediaQuery } from '@mantine/hooks';

/** Whether the screen is phone-wide (up to 640 px). Known at the first render, so that nothing shifts. */
export function useIsPhone(): boolean {
  return useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false }) ?? false;
}
