import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { connect } from '../database.ts';
import { changeFeed } from '../live/change-feed.ts';
import { changeStream, type StreamLog } from '../live/change-stream.ts';
import { columnarEngine } from './columnar-engine.ts';
import { QuestionCancelled, QuestionTooLong } from './question-errors.ts';
import type { FromThread, Refusal, ThreadData, ToThread } from './thread-messages.ts';

/*
 * The audience engine and the change stream in a thread of the API process: reading a million documents and writing them into
 * columns takes seconds of work that no request may wait for. It has a MongoDB client of its own.
 */

const port = parentPort as MessagePort;
const { uri, token, settings } = workerData as ThreadData;
const post = (message: FromThread) => port.postMessage(message);
const log: StreamLog = {
  info: (facts, message) => post({ type: 'log', level: 'info', facts: plain(facts), message }),
  warn: (facts, message) => post({ type: 'log', level: 'warn', facts: plain(facts), message }),
};

/** Errors of drivers carry what no thread can pass on. */
function plain(facts: object): object {
  const err = 'err' in facts && facts.err instanceof Error ? facts.err : undefined;
  if (!err) return facts;
  const error = new Error(err.message);
  error.name = err.name;
  if (err.stack) error.stack = err.stack;
  return { ...facts, err: error };
}

const database = await connect(uri, { appName: 'mini-crm-engine', maxPoolSize: 10 });
const source = changeStream(database.driver, log);
const feed = changeFeed(source);
const engine = columnarEngine({
  ...settings,
  token,
  database,
  source,
  log,
  stateChanged: (orgId, state) => post({ type: 'state', orgId, state }),
  roleChanged: (role) => post({ type: 'role', role }),
});
const asked = new Map<number, AbortController>();
const listened = new Map<string, () => void>();

async function answer({ id, orgId, question, timeLimitMs }: Extract<ToThread, { type: 'ask' }>): Promise<void> {
  const cancel = new AbortController();
  asked.set(id, cancel);
  try {
    post({ type: 'answer', id, ...(await engine.ask(orgId, question, { signal: cancel.signal, timeLimitMs })) });
  } catch (error) {
    post({ type: 'refusal', id, refusal: refusalOf(error) });
  } finally {
    asked.delete(id);
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof QuestionTooLong) return 'tooLong';
  return error instanceof QuestionCancelled ? 'cancelled' : 'notReady';
}

async function close(): Promise<void> {
  await engine.close();
  await feed.stop();
  await database.close();
  // Of the thread, not of the process.
  process.exit();
}

port.on('message', (message: ToThread) => {
  switch (message.type) {
    case 'ask':
      return void answer(message);
    case 'cancel':
      return asked.get(message.id)?.abort();
    case 'warm':
      return engine.warm(message.orgId);
    case 'listen':
      return void listened.set(
        message.orgId,
        feed.listen(message.orgId, (changes) => post({ type: 'changes', orgId: message.orgId, changes })),
      );
    case 'unlisten':
      listened.get(message.orgId)?.();
      return void listened.delete(message.orgId);
    case 'close':
      return void close();
    default:
      return message satisfies never;
  }
});
