import type { CustomerFacts, OrganizationId } from '@mini-crm/domain';
import type { Database } from '../database.ts';
import { duckReader, type Filling, projectedDocuments } from '../engine/sql/duck-reader.ts';
import { type AudienceReader, mongoAudience } from './audience.ts';
import type { AudienceCollections } from './audience-collections.ts';
import type { Suppressed } from './parity-corpus.ts';

/** The people whom all readers are asked about, stored in MongoDB beside a neighbour's, of whom nothing may show. */
export interface ParityCorpus {
  readonly database: Database;
  readonly orgId: OrganizationId;
  readonly facts: readonly CustomerFacts[];
  readonly suppressed: readonly Suppressed[];
  readonly collections: AudienceCollections;
}

/** A reader to hold against the evaluator. */
export interface ParityReader {
  readonly name: string;
  /** Asked about every n-th random rule only, where another reader answers by the same means. */
  readonly every?: number;
  open(corpus: ParityCorpus): Promise<{ readonly reader: AudienceReader; close(): Promise<void> }>;
}

const mongo: ParityReader = {
  name: 'MongoDB',
  open: async ({ collections }) => ({ reader: mongoAudience(collections), close: async () => undefined }),
};

/** DuckDB over columns made of the stored documents: at once as a first load does, or bit by bit as the change stream does. */
const columns = (filling: Filling): ParityReader => ({
  name: `DuckDB (${filling})`,
  open: async ({ collections }) => duckReader(await projectedDocuments(collections), filling),
});

/** All readers there are; one line each. The SQL over columns is the same however they were filled. */
export const parityReaders: readonly ParityReader[] = [mongo, columns('loaded'), { ...columns('written'), every: 3 }];
