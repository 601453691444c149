/** A place in a stream that reads newest first, ids descending where instants are the same. */
export interface StreamPosition {
  readonly at: Date;
  /** Of what happened at that instant, what is still to come: ids below this one, `all` of it, or `none`. */
  readonly below: { readonly id: string } | 'all' | 'none';
}

/** What comes after a position in a stream. */
export function olderThan({ at, below }: StreamPosition) {
  if (below === 'all') return { at: { $lte: at } };
  if (below === 'none') return { at: { $lt: at } };
  return { $or: [{ at: { $lt: at } }, { at, _id: { $lt: below.id } }] };
}
