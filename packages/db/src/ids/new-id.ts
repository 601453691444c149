import { randomFillSync } from 'node:crypto';
import { type Id, type IdKind, makeId } from '@mini-crm/domain';

const bytesEach = 16;
// Asking the system for random bytes costs as much as all the rest of an id; one question serves 256 of them.
const pool = new Uint8Array(256 * bytesEach);
let used = pool.length;

/** A fresh id of a kind, by the machine's clock and random source. */
export function newId<K extends IdKind>(kind: K): Id<K> {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytesEach;
  return makeId(kind, Date.now(), pool.subarray(used - bytesEach, used));
}
