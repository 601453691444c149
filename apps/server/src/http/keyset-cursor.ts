/** The place in a list that is sorted by instant and id, the newest first. */
export interface KeysetPosition {
  readonly at: Date;
  readonly id: string;
}

/** The cursor of the page behind a document. */
export const writeKeysetCursor = ({ at, id }: KeysetPosition): string => `${at.getTime()}.${id}`;

/** The place that a cursor names; null for one that we did not write. */
export function readKeysetCursor(cursor: string): KeysetPosition | null {
  const [, time, id] = /^(\d{1,15})\.(.{1,200})$/.exec(cursor) ?? [];
  return time && id ? { at: new Date(Number(time)), id } : null;
}

/** A page of at most `limit` documents out of one more that were read, with the cursor of the next. */
export function keysetPage<T extends { readonly _id: string; readonly at: Date }>(found: readonly T[], limit: number) {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = found.length > limit && last ? writeKeysetCursor({ at: last.at, id: last._id }) : null;
  return { items, nextCursor };
}
