import type { OrganizationId } from '@mini-crm/domain';
import type { ClientSession, Collection, Db, MongoClient } from 'mongodb';
import { createConnection } from 'mongoose';
import { accountsRepository } from './accounts/account.repository.ts';
import type { ApiKeyDocument } from './api-keys/api-key.model.ts';
import { apiKeyLookup } from './api-keys/api-key.repository.ts';
import type { CampaignDocument } from './campaigns/campaign.model.ts';
import { campaignQueue } from './campaigns/campaign-queue.ts';
import { sendingQueue } from './delivery/sending-queue.ts';
import { importQueue } from './imports/import-queue.ts';
import { migrate } from './migrations/migrate.ts';
import { defineModels } from './models.ts';
import { type OrganizationDatabase, organizationDatabase } from './organization/organization-database.ts';
import { listQueue } from './segments/list-queue.ts';
import type { SegmentDocument } from './segments/segment.model.ts';
import { settingsRepository } from './settings/settings.repository.ts';
import type { MessageDocument } from './transactional/message.model.ts';
import { messageQueue } from './transactional/message-queue.ts';

export interface ConnectOptions {
  /** Overrides the database name of the URI. */
  readonly dbName?: string;
  /** What the server's log calls this process. */
  readonly appName?: string;
  /** Connections of the pool, 20 where nothing is said. */
  readonly maxPoolSize?: number;
}

const mostKept = 1000;

/** Opens the database; throws when no server answers within ten seconds. `prepare()` has to run before it is used. */
export const connect = (uri: string, options: ConnectOptions = {}): Promise<Database> => open(uri, options);

async function open(uri: string, options: ConnectOptions) {
  const connection = createConnection(uri, {
    dbName: options.dbName ?? databaseName(uri),
    appName: options.appName ?? 'mini-crm',
    maxPoolSize: options.maxPoolSize ?? 20,
    serverSelectionTimeoutMS: 10_000,
    autoIndex: false,
    autoCreate: false,
    writeConcern: { w: 'majority' },
  });
  const models = defineModels(connection);
  await connection.asPromise();
  const client = connection.getClient() as unknown as MongoClient;
  const organizations = new Map<OrganizationId, OrganizationDatabase>();

  return {
    models,
    client,
    /** The driver's own view: for GridFS, change streams and backups. Nothing else goes around the bound repositories. */
    driver: connection.db as unknown as Db,
    accounts: accountsRepository(models),
    /** Whose an API key is. */
    apiKeys: apiKeyLookup(models.apiKeys.collection as unknown as Collection<ApiKeyDocument>),
    settings: settingsRepository(models),
    sendingQueue: sendingQueue(models),
    /** Which transactional messages are due, across organizations. */
    messageQueue: messageQueue(models.messages.collection as unknown as Collection<MessageDocument>),
    /** Which scheduled campaigns are due, across organizations. */
    campaignQueue: campaignQueue(models.campaigns.collection as unknown as Collection<CampaignDocument>),
    /** Which lists are to be filled, across organizations. */
    listQueue: listQueue(models.segments.collection as unknown as Collection<SegmentDocument>),
    /** What imports are due, across organizations. */
    importQueue: importQueue(
      models.imports.collection,
      models.uploads.collection,
      () => connection.db as unknown as Db,
    ),
    /** The repositories of one organization. They hold no state; those of the organizations of late are kept, as making them takes longer than a question. */
    forOrganization(orgId: OrganizationId): OrganizationDatabase {
      const known = organizations.get(orgId);
      if (known) return known;
      const made = organizationDatabase(models, connection.db as unknown as Db, client, orgId);
      if (organizations.size >= mostKept) organizations.clear();
      organizations.set(orgId, made);
      return made;
    },
    /**
     * Brings older data to the layout of this code and creates the collections and indexes that are missing; idempotent,
     * one process at a time.
     * @throws {NewerStoreError} when a newer release wrote the data.
     */
    prepare: () =>
      migrate(connection.db as unknown as Db, async () => {
        for (const model of Object.values(models)) {
          await model.createCollection();
          await model.createIndexes();
        }
      }),
    /** Runs several writes as one; retried as a whole by the driver on a transient error, so `work` must be repeatable. */
    async transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
      return client.withSession((session) => session.withTransaction(() => work(session)));
    },
    /** Whether the server answers. */
    async ping() {
      await connection.db?.admin().ping();
    },
    close: () => connection.close(),
  };
}

/** An open database. */
export interface Database extends Awaited<ReturnType<typeof open>> {}

function databaseName(uri: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];
  return path ? decodeURIComponent(path) : 'mini-crm';
}
