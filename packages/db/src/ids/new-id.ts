import { randomBytes } from 'node:crypto';
import { type Id, type IdKind, makeId } from '@mini-crm/domain';

/** A fresh id of a kind, by the machine's clock and random source. */
export const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, Date.now(), randomBytes(16));
