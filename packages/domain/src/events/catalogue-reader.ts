import { isCivilDate, isExactNumber } from '../attributes/attribute.ts';
import { err, ok, type Result } from '../result.ts';
import { isStorableText } from '../text/plain-text.ts';
import { type EventProperties, interactionTypes } from './event.ts';
import {
  type CatalogueProperty,
  type CatalogueType,
  type EventCatalogue,
  isStandardEventType,
  maximumEventProperties,
  maximumEventTypes,
  type PropertyType,
  propertyNameSchema,
  standardProperties,
} from './event-catalogue.ts';

export const propertyFaultCodes = [
  'properties_invalid',
  'property_name_invalid',
  'property_value_invalid',
  'property_type',
  'properties_too_many',
  'event_type_limit',
  'property_limit',
] as const;
export type PropertyFaultCode = (typeof propertyFaultCodes)[number];

/** Why the properties of an event are refused. */
export interface PropertyFault {
  readonly code: PropertyFaultCode;
  readonly path: readonly string[];
  readonly details?: Readonly<Record<string, unknown>>;
}

type Value = string | number | boolean | Date;

const maximumOnOneEvent = 100;
const maximumText = 1000;
/** What people write of a call or a visit is longer than a property. */
const maximumInteractionText = 5000;
const seenAgainMs = 60_000;

const fullInstant = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** The instant that a text says in full (RFC 3339, with its zone), or null. */
export function instantOf(text: string): Date | null {
  if (!fullInstant.test(text) || !isCivilDate(text.slice(0, 10))) return null;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** Reads the properties of events by a catalogue, and notes what the catalogue lacks. */
export interface CatalogueReader {
  /**
   * Checks and types the properties of one event. A name that is new gets the type of this first value; null is no value.
   * A refused event leaves nothing in the catalogue.
   */
  read(type: string, given: unknown): Result<EventProperties, PropertyFault>;
  /** Says what a property is before any event has it. */
  declare(property: Pick<CatalogueProperty, 'name' | 'type' | 'eventTypes'>): Result<null, PropertyFault>;
  /** Says that there is a type before any event has it. */
  declareType(type: string): Result<null, PropertyFault>;
  /** The catalogue with all that was read, or null where it says so already. */
  changed(): EventCatalogue | null;
}

interface Options {
  readonly now: Date;
  /** Whether what is read is the demo's, and forgotten with it. */
  readonly demo?: boolean;
}

/** A reader over a catalogue as it is stored now. */
export function catalogueReader(catalogue: EventCatalogue, { now, demo = false }: Options): CatalogueReader {
  const types = new Map<string, CatalogueType>(catalogue.types.map((type) => [type.type, type]));
  const properties = new Map<string, CatalogueProperty & { readonly having: Set<string> }>();
  for (const one of catalogue.properties) properties.set(one.name, { ...one, having: new Set(one.eventTypes) });
  const standard = new Map(standardProperties.map((one) => [one.name, one]));
  const mark = demo ? { demo: true } : {};
  let changed = false;

  function typeOf(name: string): PropertyType | undefined {
    return properties.get(name)?.type ?? standard.get(name)?.type;
  }

  function see(type: string, at: Date | null): void {
    const known = types.get(type);
    if (!known) {
      if (isStandardEventType(type) && at === null) return;
      types.set(type, { type, label: null, firstSeenAt: at, lastSeenAt: at, ...mark });
      changed = true;
      return;
    }
    const isOld =
      at !== null && (known.lastSeenAt === null || at.getTime() - known.lastSeenAt.getTime() >= seenAgainMs);
    const adopted = known.demo === true && !demo;
    if (!isOld && !adopted) return;
    const { demo: _, ...rest } = known;
    types.set(type, {
      ...rest,
      ...(isOld ? { firstSeenAt: known.firstSeenAt ?? at, lastSeenAt: at } : {}),
      ...(adopted ? {} : known.demo ? { demo: true } : {}),
    });
    changed = true;
  }

  function have(type: string, name: string, valueType: PropertyType): void {
    const known = properties.get(name);
    if (!known) {
      if (standard.get(name)?.eventTypes.includes(type)) return;
      properties.set(name, { name, type: valueType, label: null, eventTypes: [], having: new Set([type]), ...mark });
      changed = true;
      return;
    }
    if (known.demo === true && !demo) {
      const { demo: _, ...rest } = known;
      properties.set(name, rest);
      changed = true;
    }
    if (!known.having.has(type)) {
      known.having.add(type);
      changed = true;
    }
  }

  const fault = (code: PropertyFaultCode, path: readonly string[], details?: PropertyFault['details']) =>
    err<PropertyFault>({ code, path, ...(details ? { details } : {}) });
  const isNewType = (type: string) => !types.has(type) && !isStandardEventType(type);
  /** How many types count against the limit: those that the organization made up. */
  const ownTypes = () => [...types.keys()].filter((type) => !isStandardEventType(type)).length;
  const typeLimit = () => fault('event_type_limit', ['type'], { limit: maximumEventTypes });

  return {
    read(type, given) {
      if (typeof given !== 'object' || given === null || Array.isArray(given))
        return fault('properties_invalid', ['properties']);
      const entries = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
      if (entries.length > maximumOnOneEvent) {
        return fault('properties_too_many', ['properties'], { limit: maximumOnOneEvent });
      }
      if (isNewType(type) && ownTypes() >= maximumEventTypes) return typeLimit();
      const found: Record<string, Value> = {};
      let added = 0;
      for (const [name, value] of entries) {
        const path = ['properties', name];
        if (!propertyNameSchema.safeParse(name).success) return fault('property_name_invalid', path);
        const expected = typeOf(name);
        if (expected === undefined) added++;
        const read = readValue(value, expected, longestText(type, name));
        if (read === 'another_type') return fault('property_type', path, { expected });
        if (read === null) return fault('property_value_invalid', path);
        found[name] = read;
      }
      if (added > 0 && properties.size + added > maximumEventProperties) {
        return fault('property_limit', ['properties'], { limit: maximumEventProperties });
      }
      see(type, now);
      for (const [name, value] of Object.entries(found)) have(type, name, kindOf(value));
      return ok(found);
    },
    declare({ name, type, eventTypes }) {
      const path = ['properties', name];
      const expected = typeOf(name);
      if (expected !== undefined && expected !== type) return fault('property_type', path, { expected });
      if (expected === undefined && properties.size >= maximumEventProperties) {
        return fault('property_limit', ['properties'], { limit: maximumEventProperties });
      }
      const fresh = eventTypes.filter(isNewType);
      if (fresh.length > 0 && ownTypes() + fresh.length > maximumEventTypes) return typeLimit();
      for (const eventType of eventTypes) {
        see(eventType, null);
        have(eventType, name, type);
      }
      return ok(null);
    },
    declareType(type) {
      if (isNewType(type) && ownTypes() >= maximumEventTypes) return typeLimit();
      see(type, null);
      return ok(null);
    },
    changed() {
      if (!changed) return null;
      return {
        types: [...types.values()],
        properties: [...properties.values()].map(({ having, ...one }) => ({ ...one, eventTypes: [...having] })),
      };
    },
  };
}

function kindOf(value: Value): PropertyType {
  if (value instanceof Date) return 'datetime';
  return typeof value as 'string' | 'number' | 'boolean';
}

const longestText = (type: string, name: string): number =>
  name === 'text' && (interactionTypes as readonly string[]).includes(type) ? maximumInteractionText : maximumText;

/** A value as it is stored: of the type that is expected, or of its own where none is. Null where no property can hold it. */
function readValue(value: unknown, expected: PropertyType | undefined, longest: number): Value | 'another_type' | null {
  switch (typeof value) {
    case 'boolean':
      return expected === undefined || expected === 'boolean' ? value : 'another_type';
    case 'number':
      if (expected !== undefined && expected !== 'number') return 'another_type';
      // Minus zero is zero: readers compare and digest what is stored.
      return isExactNumber(value) ? value + 0 : null;
    case 'string': {
      if (value.length > longest || !isStorableText(value)) return null;
      if (expected === 'string') return value;
      if (expected !== undefined && expected !== 'datetime') return 'another_type';
      const at = instantOf(value);
      if (expected === 'datetime') return at ?? 'another_type';
      return at ?? value;
    }
    case 'object':
      if (!(value instanceof Date)) return null;
      if (expected !== undefined && expected !== 'datetime') return 'another_type';
      return Number.isNaN(value.getTime()) ? null : value;
    default:
      return null;
  }
}
