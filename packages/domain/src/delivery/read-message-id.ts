import { idSchema } from '../ids/id.ts';
import { deliveryId } from './delivery.ts';

const run = idSchema('run');
const customer = idSchema('customer');
const message = idSchema('message');

/**
 * The id of the row of the log whose message has this Message-ID, with or without its angle brackets; null where it is none of
 * ours. Ids are made of those of the row (see `messageId`), so that no index is needed to find it.
 */
export function rowOfMessageId(text: string): string | null {
  const local = /^<?([^<>@\s]+)@[^<>@\s]+>?$/.exec(text.trim())?.[1];
  if (local === undefined) return null;
  const transactional = message.safeParse(local);
  if (transactional.success) return transactional.data;
  const [runId, customerId, ...more] = local.split('.');
  const ofRun = run.safeParse(runId);
  const ofCustomer = customer.safeParse(customerId);
  return ofRun.success && ofCustomer.success && more.length === 0 ? deliveryId(ofRun.data, ofCustomer.data) : null;
}
