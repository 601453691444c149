import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { spawnChild } from './child.mjs';
import { openDatabase } from './database.mjs';
import { openLogs } from './logs.mjs';
import { PlainError } from './plain-error.mjs';
import { dataDir, publicUrl } from './settings.mjs';
import { Supervised } from './supervisor.mjs';

const readyWithinMs = 60_000;
/** What a process ends with when a setting is wrong: starting it again would not help (EX_CONFIG). */
const wrongSetting = 78;

/**
 * Runs the whole app: database, API, worker.
 * @returns `{ ready, restart, stop }`: `ready` resolves to `{ uri, logs }` when the API serves; `restart()` starts API and
 * worker anew; `stop()` ends the tree, the database last, at any moment.
 */
export function startApp({ port, commands, env, say, gaveUp }) {
  const logs = openLogs(dataDir());
  const parts = [];
  const opening = openDatabase({ say, gaveUp, running: () => announce() });
  // For people and tests that look for a process: who runs, and where the database is.
  const announce = async () => {
    const database = await opening.catch(() => undefined);
    if (!database) return;
    const running = parts.map((part) => [part.name.toLowerCase(), part.pid]);
    const processes = { mongod: database.part?.pid, ...Object.fromEntries(running) };
    const file = join(dataDir(), 'processes.json');
    writeFileSync(`${file}.new`, JSON.stringify({ url: publicUrl(port), uri: database.uri, processes }));
    renameSync(`${file}.new`, file);
  };
  let stopping;
  const stop = () => {
    stopping ??= (async () => {
      const database = await opening.catch(() => undefined);
      await Promise.all(parts.map((part) => part.stop()));
      await database?.part?.stop();
      await database?.release();
    })();
    return stopping;
  };
  const start = async () => {
    const database = await opening;
    const childEnv = {
      ...env,
      PORT: String(port),
      MONGODB_URI: database.uri,
      ENGINE_DIR: process.env.ENGINE_DIR || join(dataDir(), 'audience'),
      // Questions to the columns take threads of this pool, of which Node starts four for all that waits for something.
      UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE || '8',
    };
    for (const [name, args] of Object.entries(commands)) {
      const onLine = logs.lineOf(name.toLowerCase());
      const launch = async () => {
        const child = spawnChild({ args, env: childEnv, onLine });
        if (name === 'API') child.ready = untilServing(child, port);
        return child;
      };
      parts.push(new Supervised({ name, say, gaveUp, start: launch, running: announce }));
    }
    if (stopping) return undefined;
    await Promise.all(parts.map((part) => part.start()));
    return { uri: database.uri, logs: logs.folder };
  };
  const restart = () => Promise.all(parts.map((part) => part.restart()));
  return { ready: start(), restart, stop };
}

/** @throws {PlainError} with what the process wrote, when it ends instead of serving. */
async function untilServing(child, port) {
  let ended = false;
  child.exited.then(() => {
    ended = true;
  });
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    if (ended) {
      const what = child.exitCode() === wrongSetting ? 'A setting is wrong' : 'The API did not start';
      throw new PlainError(`${what}:\n${child.lastWords()}`);
    }
    const answer = await fetch(`http://${addressToAsk()}:${port}/healthz`, {
      signal: AbortSignal.timeout(2_000),
    }).catch(() => undefined);
    if (answer?.ok) return;
    await wait(50);
  }
  await child.stop();
  throw new PlainError(`The API did not answer within ${readyWithinMs / 1000} s.\n${child.lastWords()}`);
}

/** An API that listens everywhere is asked on this machine's own address. */
function addressToAsk() {
  const host = process.env.HOST || '127.0.0.1';
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
