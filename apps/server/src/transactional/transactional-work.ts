import { type MessageDocument, type MessageHold, settleMessages } from '@mini-crm/db';
import type { OrganizationId } from '@mini-crm/domain';
import { type Engine, newToken } from '../delivery/engine.ts';
import { stillness } from '../delivery/reaper.ts';
import { rest } from '../worker/loop.ts';
import { workBatch } from './batch-work.ts';
import { settledRows } from './settled-rows.ts';
import { templatesInMemory } from './templates-in-memory.ts';

/** Messages that are claimed at once. Small, so that the last one need not wait long for the others. */
const batchSize = 20;
const batchesAtOnce = 4;

/**
 * Sends transactional messages: claims those that are due in small batches, marks each before it is handed over, and settles
 * it with its row. What a dead worker had in hand is taken over, as pages are.
 */
export function transactionalWork(engine: Engine) {
  const templates = templatesInMemory();
  const inHand = new Map<string, Promise<void>>();
  const watch = stillness();

  /** Claims a batch where there is a free place; true where there may be more. */
  async function round(signal: AbortSignal): Promise<boolean> {
    if (inHand.size >= batchesAtOnce) {
      await Promise.race([...inHand.values(), rest(engine.options.pollMs, signal)]);
      return true;
    }
    const token = newToken();
    const claimed = await engine.database.messageQueue.claim(token, engine.now(), batchSize);
    if (claimed.length === 0) return false;
    const work = Promise.all(
      byOrganization(claimed).map(([orgId, messages]) =>
        workBatch(engine, templates, orgId, { messages, token }).catch((error) =>
          engine.log.error({ err: error, orgId }, 'work on messages failed'),
        ),
      ),
    ).then(() => void inHand.delete(token));
    inHand.set(token, work);
    return claimed.length === batchSize;
  }

  /** Takes over what a worker holds that has given no sign of life for the length of the lease. */
  async function reap(): Promise<void> {
    const holds = (await engine.database.messageQueue.held()).filter(({ token }) => !inHand.has(token));
    for (const hold of holds) {
      if (watch.of(hold.id, `${hold.token} ${hold.beat}`) >= engine.options.leaseMs) await takeOver(engine, hold);
    }
    watch.keep(new Set(holds.map(({ id }) => id)));
  }

  return {
    round,
    reap,
    /** Settles when nothing is in hand any more. */
    async idle(): Promise<void> {
      await Promise.all(inHand.values());
    },
  };
}

/**
 * A message that was marked may have gone out: it becomes `unknown`, unless its sender takes the same one twice without harm.
 * One that was not marked surely did not, and is free again.
 */
async function takeOver(engine: Engine, hold: MessageHold): Promise<void> {
  const db = engine.db(hold.orgId);
  const token = newToken();
  const message = await db.transactionalMessages.takeOver(hold, token);
  if (!message) return;
  const { _id: id, again, marked, attempt, name } = message;
  const repeatable = !marked || (await engine.route(hold.orgId)).repeats(again?.by ?? null);
  engine.log.warn({ orgId: hold.orgId, message: id, unknown: !repeatable }, 'message taken over');
  if (repeatable) {
    // Unmarked, it may still have been handed over by an earlier try, which `again` says.
    await db.transactionalMessages.release([{ id, attempt, dueAt: engine.now(), again }], token);
    return;
  }
  const plan = { type: 'end', outcome: { type: 'unknown', reason: 'interrupted', detail: null } } as const;
  const policy = engine.options.retry;
  const settled = {
    outcomes: new Map(),
    policy,
    sender: { id: null, receiver: null },
    waitMs: 0,
    ownMs: 0,
    now: engine.now(),
  };
  const made = settledRows({ planned: [{ message, name, plan }], ...settled });
  await settleMessages(db, engine.database.transaction, { token, ...made });
}

function byOrganization(messages: readonly MessageDocument[]): [OrganizationId, MessageDocument[]][] {
  const found = new Map<OrganizationId, MessageDocument[]>();
  for (const message of messages) found.set(message.orgId, [...(found.get(message.orgId) ?? []), message]);
  return [...found];
}
