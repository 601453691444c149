import { connect, type Database } from '@mini-crm/db';
import { type Logger, pino } from 'pino';
import { type Env, EnvError, readEnv } from '../env.ts';
import { exitWithParent } from './exit-with-parent.ts';

export interface Booted {
  readonly env: Env;
  readonly log: Logger;
  readonly database: Database;
}

/** The log of a process: JSON lines, secrets redacted. */
export function createLog(env: Pick<Env, 'LOG_LEVEL'>, name: string): Logger {
  return pino({
    level: env.LOG_LEVEL,
    base: { process: name, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.passwordHash', '*.token'],
    serializers: { err: pino.stdSerializers.err },
  });
}

/** Reads the settings, connects, prepares collections and indexes; ends the process with a clear message where it can't. */
export async function boot(name: string): Promise<Booted> {
  exitWithParent(() => process.kill(process.pid, 'SIGTERM'));
  const env = settings();
  const log = createLog(env, name);
  try {
    const database = await connect(env.MONGODB_URI, { appName: `mini-crm-${name}` });
    await database.prepare();
    return { env, log, database };
  } catch (error) {
    log.fatal({ err: error }, 'the database could not be opened');
    process.exit(1);
  }
}

function settings(): Env {
  try {
    return readEnv(process.env);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
}

/** Calls `stop` once on SIGINT or SIGTERM, then exits; after ten seconds it exits anyway. */
export function stopOnSignal(log: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const end = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), 10_000).unref();
    try {
      await stop();
      process.exit(0);
    } catch (error) {
      log.error({ err: error }, 'stopping failed');
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(signal));
}
