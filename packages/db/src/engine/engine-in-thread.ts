import type { Worker } from 'node:worker_threads';
import type { OrganizationId } from '@mini-crm/domain';
import type { Change, ChangeFeed } from '../live/change-feed.ts';
import type { StreamLog } from '../live/change-stream.ts';
import { topics } from '../live/watched.ts';
import { type EngineState, engineOff } from './audience-engine.ts';
import type { ColumnarSource } from './column-first-engine.ts';
import type { EngineSettings } from './columnar-engine.ts';
import { type EngineRole, newLeaseToken } from './lease.ts';
import { openedMs } from './question.ts';
import { ColumnsNotReady, QuestionCancelled, QuestionTooLong } from './question-errors.ts';
import { startThread } from './start-thread.ts';
import type { FromThread, Refusal, ToThread } from './thread-messages.ts';

export interface ThreadOptions {
  /** The connection string, with the name of the database. */
  readonly uri: string;
  readonly settings: EngineSettings;
  readonly log: StreamLog;
}

interface Asked {
  readonly done: (answer: { value: unknown; asOf: Date }) => void;
  readonly failed: (error: Error) => void;
}

const startAgainMs = 1000;

/** The columns and the one change stream of this process, both in a thread; a thread that ends is started again. */
export function engineInThread({ uri, settings, log }: ThreadOptions): ColumnarSource & { readonly feed: ChangeFeed } {
  const token = newLeaseToken();
  const asked = new Map<number, Asked>();
  const states = new Map<OrganizationId, EngineState>();
  const listeners = new Map<string, Set<(changes: readonly Change[]) => void>>();
  let role: EngineRole = { kind: 'nobody' };
  let questions = 0;
  let closing = false;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
    setTimeout(resolve, openedMs).unref();
  });
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });

  const tell = (orgId: string, changes: readonly Change[]) => {
    for (const listener of listeners.get(orgId) ?? []) listener(changes);
  };

  function hear(message: FromThread): void {
    switch (message.type) {
      case 'answer':
        take(message.id)?.done(message);
        break;
      case 'refusal':
        take(message.id)?.failed(errorOf(message.refusal));
        break;
      case 'state':
        if (message.state.status === 'off') states.delete(message.orgId);
        else states.set(message.orgId, message.state);
        break;
      case 'role':
        role = message.role;
        begin();
        break;
      case 'changes':
        tell(message.orgId, message.changes);
        break;
      case 'log':
        log[message.level](message.facts, message.message);
        break;
      default:
        message satisfies never;
    }
  }

  function take(id: number): Asked | undefined {
    const question = asked.get(id);
    asked.delete(id);
    return question;
  }

  function start(): Worker {
    const worker = startThread({ uri, token, settings });
    worker.on('message', hear);
    worker.on('error', (error) => log.warn({ err: error }, 'the thread of the audience engine failed'));
    worker.on('exit', () => {
      role = { kind: 'nobody' };
      states.clear();
      for (const id of [...asked.keys()]) take(id)?.failed(new ColumnsNotReady());
      if (closing) return ended();
      setTimeout(startAgain, startAgainMs);
    });
    return worker;
  }

  function startAgain(): void {
    if (closing) {
      ended();
      return;
    }
    thread = start();
    // What happened meanwhile nobody told: everybody reads again.
    for (const orgId of listeners.keys()) {
      post({ type: 'listen', orgId });
      tell(
        orgId,
        topics.map((topic) => ({ topic })),
      );
    }
  }

  let thread = start();
  const post = (message: ToThread) => thread.postMessage(message);

  return {
    token,
    role: () => role,
    begun: () => begun,
    state: (orgId) => states.get(orgId) ?? engineOff,
    warm: (orgId) => post({ type: 'warm', orgId }),
    ask(orgId, question, { signal, timeLimitMs }) {
      questions += 1;
      const id = questions;
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(new QuestionCancelled());
        const cancel = () => post({ type: 'cancel', id });
        const settled = () => signal?.removeEventListener('abort', cancel);
        signal?.addEventListener('abort', cancel, { once: true });
        asked.set(id, {
          done: ({ value, asOf }) => {
            settled();
            const state = states.get(orgId);
            if (state?.status === 'ready') states.set(orgId, { ...state, asOf });
            resolve({ value: value as never, asOf });
          },
          failed: (error) => {
            settled();
            reject(error);
          },
        });
        post({ type: 'ask', id, orgId, question, timeLimitMs });
      });
    },
    feed: {
      listen(orgId, listener) {
        const set = listeners.get(orgId) ?? new Set();
        if (set.size === 0) post({ type: 'listen', orgId });
        listeners.set(orgId, set.add(listener));
        return () => {
          set.delete(listener);
          if (set.size > 0 || listeners.get(orgId) !== set) return;
          listeners.delete(orgId);
          post({ type: 'unlisten', orgId });
        };
      },
      stop: async () => listeners.clear(),
    },
    async close() {
      if (!closing) post({ type: 'close' });
      closing = true;
      await end;
    },
  };
}

function errorOf(refusal: Refusal): Error {
  switch (refusal) {
    case 'notReady':
      return new ColumnsNotReady();
    case 'tooLong':
      return new QuestionTooLong();
    case 'cancelled':
      return new QuestionCancelled();
    default:
      return refusal satisfies never;
  }
}
