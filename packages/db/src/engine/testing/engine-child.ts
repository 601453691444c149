import type { OrganizationId } from '@mini-crm/domain';
import { connect } from '../../database.ts';
import { changeStream } from '../../live/change-stream.ts';
import { columnarEngine } from '../columnar-engine.ts';

/*
 * An engine in a process of its own, to be killed: arguments are the connection string, the database, the folder and an
 * organization whose columns are wanted. Writes each change of their state as a line.
 */

const [uri = '', dbName = '', folder = '', orgId = ''] = process.argv.slice(2);
const database = await connect(uri, { dbName, appName: 'engine-child' });
const say = (word: string) => void process.stdout.write(`${word}\n`);
const log = { info: () => undefined, warn: (_: object, message: string) => say(message) };
const source = changeStream(database.driver, log);
const engine = columnarEngine({
  folder,
  address: 'http://127.0.0.1:1',
  database,
  source,
  log,
  leaseMs: 1500,
  stateChanged: (_, { status, progress }) => say(status === 'loading' && progress ? 'half' : status),
});
setInterval(() => engine.warm(orgId as OrganizationId), 20);
