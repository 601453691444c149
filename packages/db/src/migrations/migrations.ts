import type { Db } from 'mongodb';
import { eventCatalogues } from './event-catalogues.ts';
import { fewerLogIndexes } from './fewer-log-indexes.ts';
import { starterSegmentsForAll } from './starter-segments.ts';
import { uniqueSegmentNames } from './unique-segment-names.ts';

/**
 * A step from one layout of the stored data to the next. It may be run again after it was interrupted, so it must bring
 * the same result when a part of it was done already. It speaks to the driver: models show the layout of today.
 */
export interface Migration {
  /** The layout that it leads to; each number is one more than the one before. */
  readonly version: number;
  readonly name: string;
  up(db: Db): Promise<void>;
}

/** The layout of the first release, which an empty database is given as it is. */
export const firstVersion = 1;

/** Every step since the first release, oldest first; a released one is never changed. */
export const migrations: readonly Migration[] = [
  uniqueSegmentNames,
  eventCatalogues,
  starterSegmentsForAll,
  fewerLogIndexes,
];

/** The layout that this code reads and writes. */
export function schemaVersionOf(steps: readonly Migration[] = migrations): number {
  return steps.at(-1)?.version ?? firstVersion;
}
