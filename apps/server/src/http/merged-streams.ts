import type { StreamPosition } from '@mini-crm/db';
import { z } from 'zod';

/** Where an entry stands in a stream that is merged of events and messages. */
export interface MergedEntry {
  readonly kind: 'event' | 'message';
  readonly at: Date;
  readonly id: string;
}

/**
 * Two streams as one, newest first; at the same instant events come before messages. Each has to come in its own order,
 * the newest first and of the same instant the greater id first.
 */
export function mergeNewest<Entry extends MergedEntry>(events: readonly Entry[], messages: readonly Entry[]): Entry[] {
  // The sort is stable, so only the instants have to be compared.
  return [...events, ...messages].sort((one, other) => other.at.getTime() - one.at.getTime());
}

/** Where a merged stream goes on behind an entry, as an opaque text. */
export const writeMergedCursor = ({ kind, at, id }: MergedEntry): string =>
  Buffer.from(JSON.stringify([kind, at.getTime(), id])).toString('base64url');

/** Where each of two merged streams goes on. */
export interface MergedPosition {
  readonly events: StreamPosition;
  readonly messages: StreamPosition;
}

const cursorSchema = z.tuple([z.enum(['event', 'message']), z.number(), z.string().max(500)]);

/** The place behind an entry. */
export const behindEntry = ({ kind, at, id }: MergedEntry): MergedPosition =>
  kind === 'event'
    ? { events: { at, below: { id } }, messages: { at, below: 'all' } }
    : { events: { at, below: 'none' }, messages: { at, below: { id } } };

/** The place that a cursor names; null for one that we did not write. */
export function readMergedCursor(cursor: string): MergedPosition | null {
  try {
    const [kind, time, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    const at = new Date(time);
    return Number.isNaN(at.getTime()) ? null : behindEntry({ kind, at, id });
  } catch {
    return null;
  }
}
