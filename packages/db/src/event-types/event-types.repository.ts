import {
  type CatalogueProperty,
  catalogueReader,
  type EventCatalogue,
  emptyEventCatalogue,
  namedInRules,
} from '@mini-crm/domain';
import { isDuplicateKey } from '../errors/duplicate-key.ts';
import type { Bound } from '../organization/bound.ts';
import type { EventTypesDocument } from './event-types.model.ts';

/** A catalogue as it is stored, with the version that a change has to name. */
export interface StoredEventCatalogue extends EventCatalogue {
  readonly version: number;
}

/** A property as somebody declares it. */
type Declared = Pick<CatalogueProperty, 'name' | 'type' | 'eventTypes'>;

const tries = 20;

/** The event catalogue of one organization: which types and properties its events have. */
export function eventTypesRepository(catalogues: Bound<EventTypesDocument>) {
  const _id = catalogues.orgId;

  async function get(): Promise<StoredEventCatalogue> {
    const found = await catalogues.get(_id);
    if (!found) return { ...emptyEventCatalogue, version: 0 };
    return { types: found.types, properties: found.properties, version: found.version };
  }

  /** Stores a catalogue that was made of `version`; false where somebody else's change came first. */
  async function replace(version: number, { types, properties }: EventCatalogue): Promise<boolean> {
    const next = { types, properties, version: version + 1 };
    if (version > 0) return (await catalogues.updateOne({ _id, version }, { $set: next })).matchedCount === 1;
    try {
      await catalogues.insert({ _id, ...next });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /**
   * Decides a change on what is stored and stores it, again where somebody else's came first. `decide` answers the new
   * catalogue, or null to leave it, beside whatever it wants to tell.
   */
  async function change<T>(decide: (held: EventCatalogue) => { next: EventCatalogue | null; answer: T }): Promise<T> {
    for (let tried = 0; tried < tries; tried++) {
      const { version, ...held } = await get();
      const { next, answer } = decide(held);
      if (next === null || (await replace(version, next))) return answer;
    }
    throw new Error('The event catalogue was changed again and again.');
  }

  return {
    get,
    change,
    replace,
    /** Says what there is before any event has it; a fault of the caller where a name has another type, and throws. */
    declare: (types: readonly string[], properties: readonly Declared[], now: Date): Promise<void> =>
      change((held) => {
        const reader = catalogueReader(held, { now });
        const declared = [...types.map(reader.declareType), ...properties.map(reader.declare)];
        const refused = declared.find(({ ok }) => !ok);
        if (refused) throw new Error(`The event catalogue refuses this: ${JSON.stringify(refused)}`);
        return { next: reader.changed(), answer: undefined };
      }),
    /** What rules can name of events beyond what every organization has, and the standard properties. */
    async catalogue() {
      return namedInRules(await get());
    },
  };
}

export type EventTypesRepository = ReturnType<typeof eventTypesRepository>;
