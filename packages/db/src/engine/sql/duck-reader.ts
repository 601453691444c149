import { DuckDBInstance } from '@duckdb/node-api';
import { BSON } from 'mongodb';
import { ofCampaigns } from '../../delivery/delivery.model.ts';
import type { AudienceReader } from '../../segments/audience.ts';
import type { AudienceCollections } from '../../segments/audience-collections.ts';
import { createProjection } from '../projection/open-projection.ts';
import type { CustomerRow, DeliveryRow, EventRow, MemberRow, SuppressionRow } from '../projection/projection.ts';
import { duckAudience } from './duck-audience.ts';
import { readConnections } from './duck-query.ts';

/** All documents of an organization that its columns are made of. */
export interface ProjectedDocuments {
  readonly customers: readonly CustomerRow[];
  readonly events: readonly EventRow[];
  readonly deliveries: readonly DeliveryRow[];
  readonly suppressions: readonly SuppressionRow[];
  readonly members: readonly MemberRow[];
}

/** What is stored of an organization. For tests: everything at once. */
export async function projectedDocuments(collections: AudienceCollections): Promise<ProjectedDocuments> {
  const { customers, events, deliveries, suppressions, segmentMembers } = collections;
  return {
    customers: await customers.find({}).toArray(),
    events: await events.find({}).toArray(),
    deliveries: (await deliveries.find(ofCampaigns).toArray()) as unknown as DeliveryRow[],
    suppressions: await suppressions.find({}).toArray(),
    members: await segmentMembers.find({}).toArray(),
  };
}

/** `loaded` fills the columns at once, as a first load does; `written` in several transactions, as the change stream does. */
export type Filling = 'loaded' | 'written';

/** A reader over columns in memory, made of documents by the writers of the engine. */
export async function duckReader(
  documents: ProjectedDocuments,
  filling: Filling,
): Promise<{ reader: AudienceReader; close(): Promise<void> }> {
  const catalog = 'organization';
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`ATTACH ':memory:' AS ${catalog}`);
  const projection = await createProjection(connection, catalog);
  const position = { token: '', asOf: new Date(0) };
  const { customers, events, deliveries, suppressions, members } = documents;
  if (filling === 'loaded') {
    const loader = projection.load();
    await loader.customers(customers);
    await loader.storedEvents(events.map((event) => Buffer.from(BSON.serialize(event))));
    await loader.deliveries(deliveries);
    await loader.suppressions(suppressions);
    await loader.members(members);
    await loader.finish(position);
  } else {
    const parts = 3;
    const part = <T>(all: readonly T[], i: number) => all.filter((_, at) => at % parts === i);
    for (let i = 0; i < parts; i++) {
      await projection.write(async (writer) => {
        await writer.upsertCustomers(part(customers, i));
        await writer.upsertSuppressions(part(suppressions, i));
      });
    }
    for (let i = 0; i < parts; i++) {
      await projection.write(async (writer) => {
        await writer.insertEvents(part(events, i));
        await writer.upsertDeliveries(part(deliveries, i));
        await writer.upsertMembers(part(members, i));
        await writer.savePosition(position);
      });
    }
  }
  const connections = readConnections(() => instance.connect());
  return {
    reader: duckAudience(connections, catalog),
    async close() {
      connections.close();
      connection.closeSync();
      instance.closeSync();
    },
  };
}
