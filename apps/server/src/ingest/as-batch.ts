import { ingestLimits } from '@mini-crm/domain';
import { refusal } from '../errors.ts';

/** A list that is no longer than one request may carry; else `batch_too_large`. */
export function asBatch<T>(items: readonly T[]): readonly T[] {
  if (items.length > ingestLimits.items) {
    throw refusal({ code: 'batch_too_large', details: { limit: ingestLimits.items } });
  }
  return items;
}
