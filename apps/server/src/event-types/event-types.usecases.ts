import {
  type CatalogueProperty,
  type CatalogueType,
  catalogueReader,
  type DomainError,
  type EventCatalogue,
  err,
  eventFieldsOf,
  eventTypesOf,
  interactionTypes,
  isStandardEventType,
  moneyEventTypes,
  ok,
  type PropertyFault,
  type Result,
  type Rule,
  standardProperties,
  withoutEventType,
  withoutProperty,
  wordsOf,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';

/** Counting stops here: a page says "10,000 or more", and no index is read for longer. */
const counted = 10_000;

/** The types of events, the standard ones first, and the properties that they carry. */
export async function listEventTypes({ db }: OrganizationContext) {
  const { types, properties } = await db.eventTypes.get();
  const known = new Map(types.map((one) => [one.type, one]));
  return {
    types: typesOf(types).map((type) => ({
      type,
      label: known.get(type)?.label ?? wordsOf(type),
      isNamed: (known.get(type)?.label ?? null) !== null,
      isStandard: isStandardEventType(type),
      lastSeenAt: known.get(type)?.lastSeenAt ?? null,
    })),
    properties: withStandard(properties).map(({ name, type, label, eventTypes }) => ({
      name,
      type,
      label: label ?? wordsOf(name),
      isNamed: label !== null,
      isStandard: standardProperties.some((one) => one.name === name),
      eventTypes: [...eventTypes],
    })),
  };
}

/** How many events of each type the last 30 days had; null where counting takes too long. */
export async function countEventTypes({ db, deps }: OrganizationContext) {
  const { types } = await db.eventTypes.get();
  const since = new Date(deps.now().getTime() - 30 * 86_400_000);
  const counts: { type: string; count: number | null; isMore: boolean }[] = [];
  for (const type of typesOf(types)) {
    const count = await db.events.countSince(type, since, counted);
    counts.push({ type, count, isMore: count !== null && count >= counted });
  }
  return counts;
}

const typesOf = (types: readonly CatalogueType[]): string[] => [
  ...new Set([...moneyEventTypes, ...interactionTypes, ...types.map(({ type }) => type)]),
];

function withStandard(properties: readonly CatalogueProperty[]): CatalogueProperty[] {
  const missing = standardProperties.filter(({ name }) => !properties.some((one) => one.name === name));
  const merged = properties.map((one): CatalogueProperty => {
    const standard = standardProperties.find(({ name }) => name === one.name);
    if (!standard) return one;
    const eventTypes = [...new Set([...standard.eventTypes, ...one.eventTypes])];
    return { ...one, label: one.label ?? standard.label, eventTypes };
  });
  return [...missing, ...merged];
}

type Answer = Result<null, DomainError>;

/** Says that a type of events will come, and what people call it. Again is a new label. */
export async function declareType(
  { db, deps }: OrganizationContext,
  { type, label }: { type: string; label: string | null },
): Promise<Answer> {
  return db.eventTypes.change((held) => {
    const reader = catalogueReader(held, { now: deps.now() });
    const declared = reader.declareType(type);
    if (!declared.ok) return refused(declared.error);
    return { next: labelledType(reader.changed() ?? held, type, label), answer: ok(null) };
  });
}

/** Says what a property is before any event has it. Its type stays until the property is removed. */
export async function declareProperty(
  { db, deps }: OrganizationContext,
  { label, ...property }: Pick<CatalogueProperty, 'name' | 'type' | 'eventTypes' | 'label'>,
): Promise<Answer> {
  return db.eventTypes.change((held) => {
    const reader = catalogueReader(held, { now: deps.now() });
    const declared = reader.declare(property);
    if (!declared.ok) return refused(declared.error);
    return { next: labelledProperty(reader.changed() ?? held, property.name, label), answer: ok(null) };
  });
}

/** Names a type that is known; null takes the name away. */
export async function labelType(
  { db }: OrganizationContext,
  { type, label }: { type: string; label: string | null },
): Promise<Answer> {
  return db.eventTypes.change<Answer>((held) => {
    const isKnown = isStandardEventType(type) || held.types.some((one) => one.type === type);
    if (!isKnown) return { next: null, answer: err({ code: 'not_found' }) };
    return { next: labelledType(held, type, label), answer: ok(null) };
  });
}

/** Names a property that is known; null takes the name away. */
export async function labelProperty(
  { db }: OrganizationContext,
  { name, label }: { name: string; label: string | null },
): Promise<Answer> {
  return db.eventTypes.change<Answer>((held) => {
    const isKnown = [...held.properties, ...standardProperties].some((one) => one.name === name);
    if (!isKnown) return { next: null, answer: err({ code: 'not_found' }) };
    return { next: labelledProperty(held, name, label), answer: ok(null) };
  });
}

/** Takes a type of the organization's own out of the catalogue; refused while a segment asks for it. Stored events stay. */
export const removeType = (ctx: OrganizationContext, type: string): Promise<Answer> =>
  remove(ctx, {
    without: (held) => withoutEventType(held, type),
    isAsked: (rule) => eventTypesOf(rule).includes(type),
    code: 'event_type_in_use',
  });

/**
 * Takes a property of the organization's own out of the catalogue, so that it can be declared anew with the right type;
 * refused while a segment asks for it. Stored events keep their values: those of another type are no values to rules.
 */
export const removeProperty = (ctx: OrganizationContext, name: string): Promise<Answer> =>
  remove(ctx, {
    without: (held) => withoutProperty(held, name),
    isAsked: (rule) => eventFieldsOf(rule).includes(`properties.${name}`),
    code: 'property_in_use',
  });

interface Removal {
  readonly without: (held: EventCatalogue) => EventCatalogue | null;
  readonly isAsked: (rule: Rule) => boolean;
  readonly code: 'event_type_in_use' | 'property_in_use';
}

async function remove({ db }: OrganizationContext, { without, isAsked, code }: Removal): Promise<Answer> {
  const list = await db.segments.list();
  const users = list.filter((segment) => segment.kind === 'dynamic' && isAsked(segment.rule));
  const segments = users.map(({ id, name }) => ({ id, name }));
  return db.eventTypes.change<Answer>((held) => {
    const next = without(held);
    if (next === null) return { next, answer: err({ code: 'not_found' }) };
    if (segments.length > 0) return { next: null, answer: err({ code, details: { segments } }) };
    return { next, answer: ok(null) };
  });
}

function refused({ code, details }: PropertyFault): { next: null; answer: Answer } {
  const known = code === 'event_type_limit' || code === 'property_limit' ? code : 'property_exists';
  return { next: null, answer: err({ code: known, ...(details ? { details } : {}) }) };
}

function labelledType(held: EventCatalogue, type: string, label: string | null): EventCatalogue {
  const known = held.types.find((one) => one.type === type) ?? { type, label, firstSeenAt: null, lastSeenAt: null };
  const { demo: _, ...own } = known;
  const named = { ...own, label };
  const types = held.types.map((one) => (one.type === type ? named : one));
  return { ...held, types: types.includes(named) ? types : [...types, named] };
}

function labelledProperty(held: EventCatalogue, name: string, label: string | null): EventCatalogue {
  const known = [...held.properties, ...standardProperties].find((one) => one.name === name);
  if (!known) return held;
  const { demo: _, ...own } = known;
  const named = { ...own, label };
  const properties = held.properties.map((one) => (one.name === name ? named : one));
  return { ...held, properties: properties.includes(named) ? properties : [...properties, named] };
}
