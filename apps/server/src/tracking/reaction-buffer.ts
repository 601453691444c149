import { type Database, reactionsNotedEveryMs } from '@mini-crm/db';
import type { OrganizationId, Reaction, RunId } from '@mini-crm/domain';
import type { Logger } from 'pino';

/** A reaction to a message, by the id of its row. */
export interface NewReaction {
  readonly orgId: OrganizationId;
  readonly deliveryId: string;
  /** The run that the row is of; null for a message of no campaign. */
  readonly runId: RunId | null;
  readonly reaction: Reaction;
}

interface Waiting extends NewReaction {
  /** How often its row was looked for in vain. */
  readonly tries: number;
}

export interface ReactionBuffer {
  /** Takes a reaction; it is written with the others of the next moment. */
  add(reaction: NewReaction): void;
  /** Writes what is there. */
  flush(): Promise<void>;
  /** Writes what is there and takes nothing more. */
  stop(): Promise<void>;
}

const flushMs = 100;
const flushAt = 1_000;
/** Where the database is away for long, the oldest are given up. */
const mostWaiting = 100_000;
// A row is written when its whole group has answered, or when a dead worker's page is taken over: both within two minutes.
const defaultPausesMs: readonly number[] = [1_000, 4_000, 15_000, 40_000, 70_000];

/**
 * Collects openings and clicks and writes them in bulk, ten times a second or when a thousand are there, so that a mailing's
 * readers don't slow its sending. What a process that is killed has not written yet is lost: a tenth of a second of counts in
 * a report. Reactions that come before the row of their message are tried again for two minutes.
 */
export function reactionBuffer(
  { database, log, now }: { database: Database; log: Pick<Logger, 'warn'>; now: () => Date },
  pausesMs = defaultPausesMs,
): ReactionBuffer {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let stopped = false;
  const later = new Set<NodeJS.Timeout>();
  const noted = new Map<RunId, number>();

  function put(more: readonly Waiting[]) {
    waiting.push(...more);
    if (waiting.length > mostWaiting) waiting = waiting.slice(-mostWaiting);
    if (waiting.length >= flushAt) void flush();
    else if (!stopped) timer ??= setTimeout(flush, flushMs);
  }

  /** One write at a time: what comes meanwhile goes with the next one. */
  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    while (writing) await writing;
    if (waiting.length === 0) return;
    const batch = waiting.splice(0, 5 * flushAt);
    writing = write(batch).finally(() => {
      writing = undefined;
    });
    await writing;
    if (waiting.length > 0 && !stopped) timer ??= setTimeout(flush, flushMs);
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    const byOrganization = new Map<OrganizationId, Waiting[]>();
    for (const one of batch) {
      const list = byOrganization.get(one.orgId);
      if (list) list.push(one);
      else byOrganization.set(one.orgId, [one]);
    }
    await Promise.all([...byOrganization].map(([orgId, list]) => writeOf(orgId, list)));
  }

  async function writeOf(orgId: OrganizationId, list: readonly Waiting[]): Promise<void> {
    try {
      const db = database.forOrganization(orgId);
      const reactions = new Map<string, Reaction[]>();
      for (const { deliveryId, reaction } of list) {
        const known = reactions.get(deliveryId);
        if (known) known.push(reaction);
        else reactions.set(deliveryId, [reaction]);
      }
      await db.responseCounts.touch(due(list), now());
      const missing = new Set(await db.reactions.record(reactions));
      if (missing.size > 0) again(list.filter(({ deliveryId }) => missing.has(deliveryId)));
    } catch (error) {
      log.warn({ err: error, reactions: list.length }, 'reactions not recorded');
      again(list);
    }
  }

  /** The runs of which it was not noted lately that somebody reacts. */
  function due(list: readonly NewReaction[]): RunId[] {
    const at = now().getTime();
    const runs = [...new Set(list.flatMap(({ runId }) => runId ?? []))].filter(
      (id) => Math.abs(at - (noted.get(id) ?? 0)) > reactionsNotedEveryMs,
    );
    if (noted.size > 10_000) noted.clear();
    for (const id of runs) noted.set(id, at);
    return runs;
  }

  function again(list: readonly Waiting[]) {
    const byPause = new Map<number, Waiting[]>();
    for (const one of list) {
      const pause = pausesMs[one.tries];
      if (pause === undefined) continue;
      byPause.set(pause, [...(byPause.get(pause) ?? []), { ...one, tries: one.tries + 1 }]);
    }
    for (const [pause, ready] of byPause) {
      const retry = setTimeout(() => {
        later.delete(retry);
        put(ready);
      }, pause);
      retry.unref();
      later.add(retry);
    }
  }

  return {
    add: (reaction) => put([{ ...reaction, tries: 0 }]),
    flush,
    async stop() {
      stopped = true;
      for (const retry of later) clearTimeout(retry);
      later.clear();
      await flush();
    },
  };
}
