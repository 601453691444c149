import { describeItemFault, err, type ItemFault, ok, type Result } from '@mini-crm/domain';
import type { z } from 'zod';

/** An item that was not taken, with why. */
export interface RefusedItem {
  /** Its place in the request, from 0. */
  readonly index: number;
  /** The id, external id or address that it gave, where it gave one. */
  readonly id: string | null;
  readonly code: string;
  readonly path: (string | number)[];
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Reads each item by its schema; one that does not fit is a fault and no end of the others. */
export function readItems<T>(items: readonly unknown[], schema: z.ZodType<T>): Result<T, ItemFault>[] {
  return items.map((item) => {
    const read = schema.safeParse(item);
    if (read.success) return ok(read.data);
    const [issue] = read.error.issues;
    return err({
      code: 'item_invalid',
      path: (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part))),
      details: { problem: short(issue?.message ?? '') },
    });
  });
}

/** So much of a text that came in is said back. */
const shown = 200;
const short = (text: string) => text.slice(0, shown);

/** What an answer says of a refused item. */
export function refusedItem(items: readonly unknown[], index: number, fault: ItemFault): RefusedItem {
  const { code, path, details } = fault;
  return {
    index,
    id: idOf(items[index]),
    code,
    path: path.map((part) => (typeof part === 'string' ? short(part) : part)),
    message: describeItemFault(fault),
    ...(details ? { details } : {}),
  };
}

function idOf(item: unknown): string | null {
  if (typeof item !== 'object' || item === null) return null;
  const { id, externalId, email } = item as Record<string, unknown>;
  const given = [id, externalId, email].find((one) => typeof one === 'string') as string | undefined;
  return given?.slice(0, shown) ?? null;
}
