import { type Customer, type CustomerId, customerName } from '@mini-crm/domain';
import type { Recipient } from '../content/render.ts';
import { customerScope, onOneLine, type TemplateCustomer } from '../content/template-scope.ts';

/** Everything about one transactional message that its template shows. */
export interface MessageFacts extends Omit<Recipient, 'customer'> {
  /** Null where the address is no customer's. */
  readonly customer: TemplateCustomer | null;
  readonly address: string;
  /** As the program named them; a customer's own name goes before it. */
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a template of transactional messages sees: what campaigns see, and `data`. `attributes` are those it asks for, so that none of them is undefined. */
export function messageScope(facts: MessageFacts, attributes: ReadonlySet<string>) {
  const { organization, unsubscribeUrl, pixelUrl, data } = facts;
  const customer = customerScope(facts.customer ?? stranger(facts.address));
  const missing = [...attributes].filter((slug) => !Object.hasOwn(customer.attributes, slug));
  for (const slug of missing) customer.attributes[slug] = null;
  return {
    customer: { ...customer, name: customer.name ?? (facts.name === '' ? null : facts.name) },
    organization: { ...organization, postalAddress: onOneLine(organization.postalAddress) },
    data,
    unsubscribeUrl,
    pixelUrl,
  };
}

/** The name that the log shows. */
export const recipientName = (
  customer: Pick<Customer, 'firstName' | 'lastName' | 'email' | 'phone' | 'externalId'> | null,
  name: string,
): string => (customer?.firstName || customer?.lastName ? customerName(customer) : name);

/** Somebody of whom only the address is known. */
const stranger = (address: string): TemplateCustomer => ({
  id: '' as CustomerId,
  firstName: null,
  lastName: null,
  email: address,
  phone: null,
  externalId: null,
  locale: null,
  timeZone: null,
  attributes: {},
});
