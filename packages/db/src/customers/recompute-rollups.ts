import type { CustomerId } from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
import type { EventsRepository } from '../events/event.repository.ts';
import type { CustomersRepository } from './customer.repository.ts';

/** Runs several writes as one, again when another one got in between. */
export type Transaction = <T>(work: (session: ClientSession) => Promise<T>) => Promise<T>;

const batchSize = 500;

/**
 * Makes the function that recomputes the roll-ups of customers from their events. They are never incremented: a
 * repetition, a retry or a lost step leaves no trace. Each batch reads and writes in one transaction, so that of two
 * recomputations at once the one with the older view of the events can't win.
 */
export function rollupsRecomputer(customers: CustomersRepository, events: EventsRepository, transaction: Transaction) {
  return async (customerIds: Iterable<CustomerId>, currency: string): Promise<void> => {
    const ids = [...new Set(customerIds)];
    for (let start = 0; start < ids.length; start += batchSize) {
      const batch = ids.slice(start, start + batchSize);
      await transaction(async (session) => {
        await customers.setRollups(await events.rollups(batch, currency, session), session);
      });
    }
  };
}
