import type { CustomerId, MessageId, RunId } from '../ids/id.ts';

/**
 * The Message-ID of a run's message to a customer, without its angle brackets: the same message has the same id however
 * often it is made. `from` is the sender's address, whose domain it takes (RFC 5322 3.6.4).
 */
export const messageId = (runId: RunId, customerId: CustomerId, from: string): string =>
  `${runId}.${customerId}@${domainOf(from)}`;

/** The same of a transactional message. */
export const transactionalMessageId = (id: MessageId, from: string): string => `${id}@${domainOf(from)}`;

function domainOf(address: string): string {
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '');
  return domain === '' ? 'mini-crm.invalid' : domain;
}
