import type { CustomerPosition } from '@mini-crm/db';
import type { CustomerSort, SortDirection } from '@mini-crm/domain';
import { customerSortSchema, idSchema, sortDirectionSchema } from '@mini-crm/domain';
import { z } from 'zod';

const cursorSchema = z.tuple([
  customerSortSchema,
  sortDirectionSchema,
  z.union([z.string().max(1000), z.number(), z.null()]),
  idSchema('customer'),
]);

const holdsInstants = (sort: CustomerSort) => sort === 'createdAt' || sort === 'lastOrderAt';

/** Where a list goes on, as an opaque text. It says its order too, so that it can't be used with another one. */
export function writeListCursor(sort: CustomerSort, direction: SortDirection, position: CustomerPosition): string {
  const value = position.value instanceof Date ? position.value.getTime() : position.value;
  return Buffer.from(JSON.stringify([sort, direction, value, position.id])).toString('base64url');
}

/** The position of a cursor; null for one that is damaged or of another order. */
export function readListCursor(cursor: string, sort: CustomerSort, direction: SortDirection): CustomerPosition | null {
  try {
    const read = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    const [ofSort, ofDirection, value, id] = read;
    if (ofSort !== sort || ofDirection !== direction) return null;
    if (holdsInstants(sort)) {
      if (value === null) return sort === 'lastOrderAt' ? { value, id } : null;
      const at = new Date(value);
      return typeof value !== 'number' || Number.isNaN(at.getTime()) ? null : { value: at, id };
    }
    return typeof value === (sort === 'name' ? 'string' : 'number') ? { value, id } : null;
  } catch {
    return null;
  }
}
