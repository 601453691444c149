import type { Attribute, AttributeType } from '../attributes/attribute.ts';
import { channels, consentStates } from '../customers/customer.ts';
import { interactionTypes, moneyEventTypes } from '../events/event.ts';
import type { CampaignId, SegmentId } from '../ids/id.ts';

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
  /** The paths of the properties that its events are known to have, `properties.<name>`. */
  readonly properties: readonly string[];
}

/** A segment or campaign that a rule can name. */
export interface Named<Id extends string> {
  readonly id: Id;
  readonly name: string;
  /** Out of the pickers; rules that name it go on working. */
  readonly archived?: true;
}

/** Everything that rules of one organization can name. Unknown names are refused, never ignored. */
export interface FieldCatalogue {
  readonly customer: readonly Field[];
  readonly event: readonly Field[];
  readonly line: readonly Field[];
  readonly eventTypes: readonly EventType[];
  readonly segments: readonly Named<SegmentId>[];
  /** Campaigns that were launched. */
  readonly campaigns: readonly Named<CampaignId>[];
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

function eventTypeOf(type: string, properties: readonly EventProperty[], label: string | undefined): EventType {
  const known = { type, properties: properties.filter((one) => one.eventTypes.includes(type)).map(pathOf) };
  const names = Object.hasOwn(knownTypes, type) ? knownTypes[type] : undefined;
  if (label) return { ...known, singular: `“${label}” event`, plural: `“${label}” events` };
  if (names) return { ...known, singular: names[0], plural: names[1] };
  const words = type.replaceAll('_', ' ');
  return { ...known, singular: `“${words}” event`, plural: `“${words}” events` };
}

/** A typed property of events. A name has one type in the whole organization. */
export interface EventProperty {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'datetime';
  readonly label: string;
  /** The types that were seen with it. */
  readonly eventTypes: readonly string[];
}

const pathOf = ({ name }: EventProperty): string => `properties.${name}`;

/** What is known of an organization beyond its attributes; what is absent can't be named. */
export interface CatalogueSources {
  readonly attributes: readonly Attribute[];
  /** Types of its events beyond those that everybody has. */
  readonly eventTypes?: readonly string[];
  /** What the organization calls its types, where it gave them names. */
  readonly typeLabels?: ReadonlyMap<string, string>;
  readonly properties?: readonly EventProperty[];
  readonly segments?: readonly Named<SegmentId>[];
  readonly campaigns?: readonly Named<CampaignId>[];
}

/** Everything that rules of an organization can name: what every customer and order has, and what its own catalogues add. */
export function fieldCatalogue(sources: CatalogueSources): FieldCatalogue {
  const { attributes, eventTypes = [], typeLabels, properties = [], segments = [], campaigns = [] } = sources;
  return {
    customer: [
      ...customerFields,
      ...attributes.map(({ slug, type, label, options }) => field(`attributes.${slug}`, type, label, options)),
    ],
    event: [...eventFields, ...properties.map((one) => field(pathOf(one), one.type, one.label))],
    line: lineFields,
    eventTypes: [...new Set([...moneyEventTypes, ...interactionTypes, ...eventTypes])].map((type) =>
      eventTypeOf(type, properties, typeLabels?.get(type)),
    ),
    segments,
    campaigns,
  };
}

/** The field of a customer with this path, or undefined. */
export const customerField = (catalogue: FieldCatalogue, path: string): Field | undefined =>
  catalogue.customer.find((candidate) => candidate.path === path);

/** The field of a unit with this path; lines see the fields of their event too, events not those of their lines. */
export const unitField = (catalogue: FieldCatalogue, unit: 'event' | 'line', path: string): Field | undefined =>
  catalogue.event.find((candidate) => candidate.path === path) ??
  (unit === 'line' ? catalogue.line.find((candidate) => candidate.path === path) : undefined);
