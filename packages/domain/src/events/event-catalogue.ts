import { z } from 'zod';
import type { EventProperty } from '../segments/fields.ts';
import { oneLine } from '../text/plain-text.ts';
import { eventTypeSchema, interactionTypes, moneyEventTypes } from './event.ts';

/** What a property of an event can hold. A name has one type in the whole organization. */
export const propertyTypes = ['string', 'number', 'boolean', 'datetime'] as const;
export const propertyTypeSchema = z.enum(propertyTypes);
export type PropertyType = z.infer<typeof propertyTypeSchema>;

/** The name of a property: a letter, then letters, digits and underscores, all in lower case. Refuses `__proto__`. */
export const propertyNameSchema = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

/** At most so many of each in an organization: what is sent by mistake must not fill the catalogue without end. */
export const maximumEventTypes = 200;
export const maximumEventProperties = 500;

/** A type of events as the catalogue knows it. */
export interface CatalogueType {
  readonly type: string;
  /** What people call it; null where nobody named it. */
  readonly label: string | null;
  /** When its first and its latest event came in; null for one that was declared and never seen. Written once a minute. */
  readonly firstSeenAt: Date | null;
  readonly lastSeenAt: Date | null;
  /** Known from the demo alone, and forgotten with it. */
  readonly demo?: boolean;
}

export interface CatalogueProperty extends Omit<EventProperty, 'label'> {
  readonly label: string | null;
  readonly demo?: boolean;
}

/** What an organization's events are and what they carry, beside what everybody's have. */
export interface EventCatalogue {
  readonly types: readonly CatalogueType[];
  readonly properties: readonly CatalogueProperty[];
}

export const emptyEventCatalogue: EventCatalogue = { types: [], properties: [] };

const standardTypes: ReadonlySet<string> = new Set([...moneyEventTypes, ...interactionTypes]);

/** Whether a type is there in every organization: orders, refunds and what people log by hand. */
export const isStandardEventType = (type: string): boolean => standardTypes.has(type);

/** What every organization's interactions carry, whether one was logged yet or not. */
export const standardProperties: readonly CatalogueProperty[] = [
  { name: 'text', type: 'string', label: 'Text', eventTypes: interactionTypes },
];

/** A label made of a name: `added_to_cart` is "Added to cart". */
export function wordsOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The types and properties that rules can name, the standard ones among them. */
export function namedInRules({ types, properties }: EventCatalogue): {
  readonly eventTypes: string[];
  /** Of those that somebody named. */
  readonly typeLabels: ReadonlyMap<string, string>;
  readonly properties: EventProperty[];
} {
  const added = properties.map(({ name, type, label, eventTypes }): EventProperty => {
    const standard = standardProperties.find((one) => one.name === name);
    return {
      name,
      type,
      label: label ?? standard?.label ?? wordsOf(name),
      eventTypes: [...new Set([...(standard?.eventTypes ?? []), ...eventTypes])],
    };
  });
  const untouched = standardProperties
    .filter(({ name }) => !properties.some((one) => one.name === name))
    .map((one): EventProperty => ({ ...one, label: one.label ?? wordsOf(one.name), eventTypes: [...one.eventTypes] }));
  const typeLabels = new Map(types.flatMap(({ type, label }) => (label === null ? [] : [[type, label] as const])));
  return { eventTypes: types.map(({ type }) => type), typeLabels, properties: [...untouched, ...added] };
}

/**
 * A catalogue without a type, and without the properties that only its events had; null where the organization has no such
 * type of its own. Its next event brings it back.
 */
export function withoutEventType({ types, properties }: EventCatalogue, type: string): EventCatalogue | null {
  if (isStandardEventType(type) || !types.some((one) => one.type === type)) return null;
  return {
    types: types.filter((one) => one.type !== type),
    properties: properties.flatMap((property) => {
      if (!property.eventTypes.includes(type)) return [property];
      const eventTypes = property.eventTypes.filter((one) => one !== type);
      return eventTypes.length > 0 ? [{ ...property, eventTypes }] : [];
    }),
  };
}

/**
 * A catalogue without a property; null where the organization has no such property of its own. The next value gives it a
 * type anew, unless somebody declares it before.
 */
export function withoutProperty({ types, properties }: EventCatalogue, name: string): EventCatalogue | null {
  const isStandard = standardProperties.some((one) => one.name === name);
  if (isStandard || !properties.some((one) => one.name === name)) return null;
  return { types, properties: properties.filter((one) => one.name !== name) };
}

/** What a person says of an event type or a property. */
const label = oneLine(80).min(1);
export const declareEventTypeSchema = z.object({ type: eventTypeSchema, label: label.nullable() });
export const declarePropertySchema = z.object({
  name: propertyNameSchema,
  type: propertyTypeSchema,
  label: label.nullable(),
  eventTypes: z.array(eventTypeSchema).min(1).max(maximumEventTypes),
});
export const labelSchema = z.object({ label: label.nullable() });
