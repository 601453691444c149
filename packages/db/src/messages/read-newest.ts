import type { Filter, WithId } from 'mongodb';
import type { StreamPosition } from '../events/stream-position.ts';
import type { Bound, OwnedDocument, Unowned } from '../organization/bound.ts';

type Where<T extends OwnedDocument> = Filter<Unowned<T>>;

/**
 * Up to `limit` documents behind a position, the newest first, of the same instant the greater id first. What shares the
 * position's instant is a read of its own: an `$or` of both would be planned anew each time, and not always well.
 */
export async function readNewest<T extends OwnedDocument & { at: Date }>(
  collection: Bound<T>,
  { where, hint }: { readonly where: Where<T>; readonly hint: string },
  after: StreamPosition | null,
  limit: number,
): Promise<WithId<T>[]> {
  const read = (also: object | null, count: number) =>
    collection
      .find((also ? { $and: [where, also] } : where) as Where<T>, { hint })
      .sort({ at: -1, _id: -1 })
      .limit(count)
      .toArray();
  if (!after) return read(null, limit);
  const { at, below } = after;
  if (below === 'all') return read({ at: { $lte: at } }, limit);
  if (below === 'none') return read({ at: { $lt: at } }, limit);
  const same = await read({ at, _id: { $lt: below.id } }, limit);
  if (same.length === limit) return same;
  return [...same, ...(await read({ at: { $lt: at } }, limit - same.length))];
}
