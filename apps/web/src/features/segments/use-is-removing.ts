import { useIsMutating } from '@tanstack/react-query';

/**
 * Whether a segment is being deleted on this page, until the page has been left. What it shows of the segment is not asked
 * again meanwhile: the news of the deletion comes before the answer to it, and there is nothing left to ask for.
 */
export const useIsRemoving = (): boolean => useIsMutating({ mutationKey: [['segments', 'remove']] }) > 0;
