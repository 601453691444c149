import {
  type AudienceEngine,
  type ChangeFeed,
  changeFeed,
  changeStream,
  columnFirstEngine,
  type Database,
  databaseEngine,
  engineInThread,
} from '@mini-crm/db';
import type { Logger } from 'pino';
import type { Env } from '../env.ts';

interface EngineOptions {
  readonly database: Database;
  readonly env: Env;
  readonly log: Logger;
  readonly now: () => Date;
}

/**
 * What answers the sizes of this API process, and the feed of its browsers: both live on its one change stream, which runs
 * in the engine's thread where there is one.
 */
export function openEngine({ database, env, log, now }: EngineOptions): { engine: AudienceEngine; feed: ChangeFeed } {
  if (!env.ENGINE) {
    const feed = changeFeed(changeStream(database.driver, log));
    return { engine: databaseEngine(database, now), feed };
  }
  const settings = { folder: env.ENGINE_DIR, address: env.engineUrl };
  const columns = engineInThread({ uri: env.MONGODB_URI, settings, log });
  return { engine: columnFirstEngine(columns, database, now), feed: columns.feed };
}
