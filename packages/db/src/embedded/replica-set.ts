import { setTimeout as wait } from 'node:timers/promises';
import { type Document, MongoClient, MongoServerError } from 'mongodb';

/** The name that every embedded one-node replica set has. */
export const replicaSetName = 'mini-crm';

/** Another process got hold of the port between the look for a free one and mongod's own listening. */
export class PortTaken extends Error {}

/**
 * Makes a freshly started mongod the primary of its one-node replica set: initiates a new one, and tells an old one its
 * address by force when the port has changed since. `pid` is the mongod's: one that another start has put there is not ours.
 */
export async function becomePrimary(port: number, pid: number | undefined, deadline: number): Promise<void> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: Math.max(1_000, deadline - Date.now()),
  });
  try {
    const admin = client.db('admin');
    const host = `127.0.0.1:${port}`;
    if (Number((await admin.command({ serverStatus: 1 })).pid) !== pid) throw new PortTaken();
    const config = await client.db('local').collection<Document>('system.replset').findOne({});
    if (!config) {
      await initiate(client, host);
    } else if (config.members[0].host !== host) {
      await moveTo(client, config, host, deadline);
    }
    while (!(await admin.command({ hello: 1 })).isWritablePrimary) {
      if (Date.now() > deadline) throw new Error('The embedded MongoDB did not become ready in time.');
      await wait(30);
    }
  } finally {
    await client.close();
  }
}

async function initiate(client: MongoClient, host: string): Promise<void> {
  const config = { _id: replicaSetName, members: [{ _id: 0, host }] };
  try {
    await client.db('admin').command({ replSetInitiate: config });
  } catch (error) {
    // An earlier start was killed in the middle of its initiation, and the server has finished it by now.
    if (!(error instanceof MongoServerError && error.codeName === 'AlreadyInitialized')) throw error;
  }
}

async function moveTo(client: MongoClient, config: Document, host: string, deadline: number): Promise<void> {
  const members = [{ ...config.members[0], host }];
  const command = { replSetReconfig: { ...config, members, version: config.version + 1 }, force: true };
  for (;;) {
    try {
      await client.db('admin').command(command);
      return;
    } catch (error) {
      // It looks for itself at its old address first, and takes no new one until that has failed.
      const starting = error instanceof MongoServerError && error.codeName === 'NotYetInitialized';
      if (!starting || Date.now() > deadline) throw error;
      await wait(50);
    }
  }
}
