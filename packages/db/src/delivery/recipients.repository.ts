import type { Customer, CustomerId } from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
import { toCustomer } from '../customers/customer.mapping.ts';
import type { CustomerDocument } from '../customers/customer.model.ts';
import type { Bound } from '../organization/bound.ts';

// What no message shows and no hand-over asks: folded texts and histories can be longer than all the rest.
const unneeded = { folded: 0, foldedAttributes: 0, search: 0, sortName: 0, consentHistory: 0 };

/** The people of a group as they are at its hand-over, and their answer to it. */
export function recipientsRepository(customers: Bound<CustomerDocument>) {
  return {
    /** Of these people, those who are there. */
    async present(ids: readonly CustomerId[], session?: ClientSession): Promise<Set<CustomerId>> {
      const options = { projection: { _id: 1 }, batchSize: ids.length + 1, ...(session ? { session } : {}) };
      const found = await customers.find({ _id: { $in: [...ids] } }, options).toArray();
      return new Set(found.map(({ _id }) => _id));
    },
    async of(ids: readonly CustomerId[]): Promise<Map<CustomerId, Customer>> {
      const found = await customers
        .find({ _id: { $in: [...ids] } }, { projection: unneeded, batchSize: ids.length + 1 })
        .toArray();
      return new Map(found.map((document) => [document._id, toCustomer(document)]));
    },
  };
}

export type RecipientsRepository = ReturnType<typeof recipientsRepository>;
