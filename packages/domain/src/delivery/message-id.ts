import type { CustomerId, RunId } from '../ids/id.ts';

/**
 * The Message-ID of a run's message to a customer, without its angle brackets: the same message has the same id however
 * often it is made. `from` is the sender's address, whose domain it takes (RFC 5322 3.6.4).
 */
export function messageId(runId: RunId, customerId: CustomerId, from: string): string {
  const domain = from
    .slice(from.lastIndexOf('@') + 1)
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '');
  return `${runId}.${customerId}@${domain === '' ? 'mini-crm.invalid' : domain}`;
}
