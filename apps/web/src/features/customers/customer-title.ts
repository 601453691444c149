import { type CustomerFields, customerName } from '@mini-crm/domain';

type Named = Pick<CustomerFields, 'firstName' | 'lastName' | 'email' | 'phone' | 'externalId'>;

/** What a customer is called: their name, else the best that is known. */
export const customerTitle = (customer: Named): string => customerName(customer) || 'Unnamed customer';

/** What stands below the title: the address, else the phone, else the external id, unless it is the title already. */
export function customerSubtitle(customer: Named): string | null {
  const title = customerTitle(customer);
  return [customer.email, customer.phone, customer.externalId].find((part) => part && part !== title) ?? null;
}
