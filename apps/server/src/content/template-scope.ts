import { type Attribute, type AttributeValue, type Customer, customerName, formatAmount } from '@mini-crm/domain';

/** The organization as templates see it. */
export interface TemplateOrganization {
  readonly name: string;
  readonly postalAddress: string;
}

/** What of a customer a template may show. */
export type TemplateCustomer = Pick<
  Customer,
  'id' | 'firstName' | 'lastName' | 'email' | 'phone' | 'externalId' | 'locale' | 'timeZone' | 'attributes'
>;

/** The variables of a customer, as their names stand behind `customer.`; attributes follow. */
export const customerVariables = [
  'firstName',
  'lastName',
  'name',
  'email',
  'phone',
  'externalId',
  'locale',
  'timeZone',
] as const;

/** Every path that a template may name; any other is a slip of the pen. */
export function knownVariables(attributes: readonly Pick<Attribute, 'slug'>[]): ReadonlySet<string> {
  return new Set([
    ...customerVariables.map((name) => `customer.${name}`),
    ...attributes.map(({ slug }) => `customer.attributes.${slug}`),
    'organization.name',
    'organization.postalAddress',
    'unsubscribeUrl',
  ]);
}

/** The part of a scope that is one customer's. Values that nobody knows are null, so that `default` takes their place. */
export function customerScope(customer: TemplateCustomer) {
  const attributes: Record<string, unknown> = {};
  for (const [slug, value] of Object.entries(customer.attributes)) attributes[slug] = printable(value);
  return {
    firstName: customer.firstName,
    lastName: customer.lastName,
    name: customer.firstName || customer.lastName ? customerName(customer) : null,
    email: customer.email,
    phone: customer.phone,
    externalId: customer.externalId,
    locale: customer.locale,
    timeZone: customer.timeZone,
    attributes,
  };
}

function printable(value: AttributeValue): unknown {
  if (value !== null && typeof value === 'object' && 'currency' in value) {
    return `${formatAmount(value.amount, value.currency)} ${value.currency}`;
  }
  return value;
}

/** A postal address as one line, for HTML and headers, where line breaks are lost. */
export const onOneLine = (address: string): string =>
  address
    .split(/\s*[\r\n]+\s*/)
    .filter((line) => line !== '')
    .join(', ');
