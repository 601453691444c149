import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { PlainError } from './plain-error.mjs';
import { inRoot, root } from './root.mjs';
import { importServerCode } from './server-code.mjs';

const oldestNode = [20, 19];

/** @throws {PlainError} when this Node is too old to run the app. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new PlainError(`Mini CRM needs Node.js ${oldestNode.join('.')} or later; this is ${process.versions.node}.`);
}

/** Reads the file of settings (.env unless `--settings=PATH` says otherwise); the environment wins over the file. */
export function loadSettings(args = process.argv.slice(2)) {
  const option = args.find((arg) => arg.startsWith('--settings='));
  const file = option === undefined ? inRoot('.env') : option.slice('--settings='.length);
  if (file === '' || !existsSync(file)) return;
  process.loadEnvFile(file);
}

/** The folder with the embedded database and the logs. */
export const dataDir = () => resolve(root, process.env.DATA_DIR || 'data');

/** The port of the web app and the API. */
export function port() {
  const text = process.env.PORT || '3000';
  const number = Number(text);
  if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
  throw new PlainError(`PORT must be a number from 1 to 65535, and is "${text}".`);
}

/**
 * How many workers run side by side: WORKERS, else one for every two cores, because the database does as much for a message as
 * a worker does.
 */
export function workers() {
  const number = Number(process.env.WORKERS || Math.ceil(availableParallelism() / 2));
  if (Number.isInteger(number) && number > 0 && number <= 64) return number;
  throw new PlainError(`WORKERS must be a number from 1 to 64, and is "${process.env.WORKERS}".`);
}

/** Where people reach the app on this port. */
export const publicUrl = (port) => process.env.PUBLIC_URL || `http://localhost:${port}`;

/**
 * Checks every setting before anything is started.
 * @throws {PlainError} that names each wrong one.
 */
export async function checkSettings() {
  const { readEnv, EnvError } = await importServerCode('apps/server', 'env');
  try {
    readEnv({ ...process.env, MONGODB_URI: process.env.MONGODB_URI || 'mongodb://embedded' });
  } catch (error) {
    throw error instanceof EnvError ? new PlainError(error.message) : error;
  }
}
