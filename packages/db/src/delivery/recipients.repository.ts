import type { Customer, CustomerId } from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
import type { CustomerDocument } from '../customers/customer.model.ts';
import type { Bound } from '../organization/bound.ts';

/** What a message may show of somebody, and what its hand-over asks. */
export type RecipientCustomer = Pick<
  Customer,
  'id' | 'externalId' | 'email' | 'phone' | 'firstName' | 'lastName' | 'timeZone' | 'locale' | 'attributes' | 'consents'
>;

// Only these: what is folded, counted and remembered of a customer can be longer than all the rest.
const needed = {
  externalId: 1,
  email: 1,
  phone: 1,
  firstName: 1,
  lastName: 1,
  timeZone: 1,
  locale: 1,
  attributes: 1,
  consents: 1,
};

/** The people of a group as they are at its hand-over, and their answer to it. */
export function recipientsRepository(customers: Bound<CustomerDocument>) {
  return {
    /** Of these people, those who are there. */
    async present(ids: readonly CustomerId[], session?: ClientSession): Promise<Set<CustomerId>> {
      const options = { projection: { _id: 1 }, batchSize: ids.length + 1, ...(session ? { session } : {}) };
      const found = await customers.find({ _id: { $in: [...ids] } }, options).toArray();
      return new Set(found.map(({ _id }) => _id));
    },
    async of(ids: readonly CustomerId[]): Promise<Map<CustomerId, RecipientCustomer>> {
      const found = await customers
        .find({ _id: { $in: [...ids] } }, { projection: needed, batchSize: ids.length + 1 })
        .toArray();
      return new Map(found.map(({ _id, ...fields }) => [_id, { id: _id, ...fields }]));
    },
  };
}

export type RecipientsRepository = ReturnType<typeof recipientsRepository>;
