import type { RunId } from '../ids/id.ts';
import type { DeliveryState } from './delivery.ts';

/** Recipients of one page. */
export const pageSize = 100;

export const pageStates = ['ready', 'claimed', 'done'] as const;
export type PageState = (typeof pageStates)[number];

/** How many recipients of a page ended in each state. */
export type PageCounts = { readonly [S in DeliveryState]: number };

export const emptyCounts: PageCounts = { sent: 0, failed: 0, skipped: 0, unknown: 0 };

/** The id of a page that the builder writes: pages of a run sort in the order of their recipients. */
export const builtPageId = (runId: RunId, sequence: number): string => `${runId}:${String(sequence).padStart(8, '0')}`;

/** The sequence number in the id of a built page. */
export function pageSequence(pageId: string): number {
  const digits = /:(\d{8})$/.exec(pageId)?.[1];
  if (digits === undefined) throw new Error(`Not the id of a built page: ${pageId}`);
  return Number(digits);
}

/** The id of a page of retries; sorts behind the built pages of its run. */
export const retryPageId = (runId: RunId, unique: string): string => `${runId}:~${unique}`;

/** The next group of a page: recipients from `from` up to, not including, `to`; null where the page is at its end. */
export function nextGroup(
  page: { readonly mark: number; readonly customerIds: readonly unknown[] },
  groupSize: number,
): { readonly from: number; readonly to: number } | null {
  if (page.mark >= page.customerIds.length) return null;
  return { from: page.mark, to: Math.min(page.mark + groupSize, page.customerIds.length) };
}
