import type { Attribute, AttributeType } from '../attributes/attribute.ts';
import { channels, consentStates } from '../customers/customer.ts';
import { interactionTypes, moneyEventTypes } from '../events/event.ts';

/** Something that a rule can ask about: a property of the customer, of an event or of a line. The type decides the operators. */
export interface Field {
  readonly path: string;
  readonly type: AttributeType;
  readonly label: string;
  /** The values of `enum` and `enumList`. */
  readonly options: readonly string[];
}

/** An event type with the names that people see: "at least 3 orders". */
export interface EventType {
  readonly type: string;
  readonly singular: string;
  readonly plural: string;
}

/** Everything that rules of one organization can name. Unknown names are refused, never ignored. */
export interface FieldCatalogue {
  readonly customer: readonly Field[];
  readonly event: readonly Field[];
  readonly line: readonly Field[];
  readonly eventTypes: readonly EventType[];
}

const field = (path: string, type: AttributeType, label: string, options: readonly string[] = []): Field => ({
  path,
  type,
  label,
  options,
});

const customerFields: readonly Field[] = [
  field('email', 'string', 'Email'),
  field('firstName', 'string', 'First name'),
  field('lastName', 'string', 'Last name'),
  field('phone', 'string', 'Phone'),
  field('externalId', 'string', 'Customer ID'),
  field('createdAt', 'datetime', 'Added on'),
  field('locale', 'string', 'Language'),
  field('timeZone', 'string', 'Time zone'),
  ...channels.map((channel) =>
    field(`consents.${channel}`, 'enum', channel === 'sms' ? 'SMS consent' : 'Email consent', consentStates),
  ),
];

const eventFields: readonly Field[] = [
  field('total', 'money', 'Total'),
  field('at', 'datetime', 'Time'),
  field('currency', 'string', 'Currency'),
];

const lineFields: readonly Field[] = [
  field('line.product', 'string', 'Product ID'),
  field('line.name', 'string', 'Product name'),
  field('line.category', 'string', 'Category'),
  field('line.quantity', 'number', 'Quantity'),
  field('line.price', 'money', 'Price'),
  field('line.amount', 'money', 'Line amount'),
];

const knownTypes: Readonly<Record<string, readonly [singular: string, plural: string]>> = {
  order: ['order', 'orders'],
  refund: ['refund', 'refunds'],
  call: ['call', 'calls'],
  note: ['note', 'notes'],
  visit: ['visit', 'visits'],
  ticket: ['ticket', 'tickets'],
};

function eventTypeOf(type: string): EventType {
  const names = Object.hasOwn(knownTypes, type) ? knownTypes[type] : undefined;
  if (names) return { type, singular: names[0], plural: names[1] };
  const words = type.replaceAll('_', ' ');
  return { type, singular: `“${words}” event`, plural: `“${words}” events` };
}

/**
 * The fields of an organization: those that every customer and order has, and one for each attribute of its catalogue.
 * `eventTypes` are further types that its events have; `properties` are what is known of their properties.
 */
export function fieldCatalogue(
  attributes: readonly Attribute[],
  eventTypes: readonly string[] = [],
  properties: readonly Field[] = [],
): FieldCatalogue {
  return {
    customer: [
      ...customerFields,
      ...attributes.map(({ slug, type, label, options }) => field(`attributes.${slug}`, type, label, options)),
    ],
    event: [...eventFields, ...properties],
    line: lineFields,
    eventTypes: [...new Set([...moneyEventTypes, ...interactionTypes, ...eventTypes])].map(eventTypeOf),
  };
}

/** The field of a customer with this path, or undefined. */
export const customerField = (catalogue: FieldCatalogue, path: string): Field | undefined =>
  catalogue.customer.find((candidate) => candidate.path === path);

/** The field of a unit with this path; lines see the fields of their event too, events not those of their lines. */
export const unitField = (catalogue: FieldCatalogue, unit: 'event' | 'line', path: string): Field | undefined =>
  catalogue.event.find((candidate) => candidate.path === path) ??
  (unit === 'line' ? catalogue.line.find((candidate) => candidate.path === path) : undefined);
