import { isPassingFault, type OpenRun } from '@mini-crm/db';
import type { RunId } from '@mini-crm/domain';
import { openMessage } from '../content/render.ts';
import { rest } from '../worker/loop.ts';
import { briefly } from './briefly.ts';
import { buildPages } from './builder.ts';
import { type Engine, newToken } from './engine.ts';
import { workPage } from './page-work.ts';
import type { RunMessages } from './personal-message.ts';
import { reap, stillness } from './reaper.ts';
import { endRun, failBuild } from './run-end.ts';
import { writeOff } from './write-off.ts';

const openRunsAtOnce = 200;
// Pages of one run that are done at the same moment share a look at its state, and rounds behind each other one at the runs.
const stateMs = 20;
const runsMs = 100;
const buildAttempts = 3;

/** Decides what a worker does next: it deals its page slots out to the runs in turn and starts builders. */
export function scheduler(engine: Engine) {
  const { options, log } = engine;
  const pages = new Map<string, Promise<void>>();
  const builders = new Map<RunId, Promise<void>>();
  const messages = new Map<RunId, RunMessages>();
  const postponed = new Map<RunId, number>();
  const buildFailures = new Map<RunId, number>();
  const pageWatch = stillness();
  const builderWatch = stillness();

  /**
   * One round over all open runs, and for a moment over those of them that are in hand without asking for the others; true where
   * something was begun.
   */
  async function round(signal: AbortSignal): Promise<boolean> {
    const runs = await engine.database.sendingQueue.openRuns(openRunsAtOnce);
    forget(new Set(runs.map(({ runId }) => runId)));
    for (const run of runs) {
      if (!run.built && run.state !== 'finished' && !builders.has(run.runId)) void build(run);
    }
    const until = performance.now() + runsMs;
    let begun = false;
    for (let turns = runs; turns.length > 0; turns = runs.filter(({ runId }) => hasPages(runId))) {
      let busy = false;
      for (const run of turns) if (await carefully(run, signal)) busy = true;
      begun ||= busy;
      if (pages.size >= options.pagesAtOnce) await freeSlot();
      else if (!busy) break;
      if (performance.now() >= until || signal.aborted) return true;
    }
    return begun;
  }

  /** Waits for a page that is through, but not for long: whatever else is due must not wait for slow ones. */
  async function freeSlot(): Promise<void> {
    const waiting = new AbortController();
    await Promise.race([...pages.values(), rest(options.pollMs, waiting.signal)]);
    waiting.abort();
  }

  /** A run that can't be worked on must not keep the others waiting; a database that is away is everybody's wait. */
  async function carefully(run: OpenRun, signal: AbortSignal): Promise<boolean> {
    if ((postponed.get(run.runId) ?? 0) > performance.now()) return false;
    try {
      return await turn(run, signal);
    } catch (error) {
      if (isPassingFault(error)) throw error;
      postponed.set(run.runId, performance.now() + options.leaseMs);
      log.error({ err: error, orgId: run.orgId, runId: run.runId }, 'a run can not be worked on');
      return false;
    }
  }

  async function turn(run: OpenRun, signal: AbortSignal): Promise<boolean> {
    const db = engine.db(run.orgId);
    switch (run.state) {
      case 'building':
      case 'sending':
        if (await fill(run, signal)) return true;
        break;
      case 'cancelled':
      case 'failed':
        if (await writeOff(engine, run)) return true;
        break;
      case 'paused':
      case 'finished':
        break;
      default:
        run.state satisfies never;
    }
    const unbuilt = !run.built && run.state !== 'finished';
    if (unbuilt || hasPages(run.runId) || (await db.pages.anyOpen(run.runId))) return false;
    await endRun(engine, run);
    return true;
  }

  /** Gives a free slot to a run, one at a time, so that runs take turns. */
  async function fill(run: OpenRun, signal: AbortSignal): Promise<boolean> {
    if (pages.size >= options.pagesAtOnce || signal.aborted) return false;
    const route = await engine.route(run.orgId);
    if (route.allowance(options.pagesAtOnce - pages.size) <= 0) return false;
    const shared = await messagesOf(run);
    const token = newToken();
    const page = await engine.db(run.orgId).pages.claim(run.runId, token, engine.now());
    if (!page) return false;
    const work = workPage(engine, shared, page, token)
      .then((end) => (end === 'done' ? endPaused(run) : undefined))
      .catch((error) => log.error({ err: error, page: page._id, runId: run.runId }, 'work on a page failed'))
      .then(() => void pages.delete(page._id));
    pages.set(page._id, work);
    return true;
  }

  /** A paused run is in no round: who was through with its last page behind the pause ends it, because nothing is left to resume. */
  async function endPaused(run: OpenRun): Promise<void> {
    const db = engine.db(run.orgId);
    if ((await db.runWork.state(run.runId)) !== 'paused') return;
    const built = (await db.runs.get(run.runId))?.builtAt;
    if (built && !(await db.pages.anyOpen(run.runId))) await endRun(engine, run);
  }

  async function messagesOf({ orgId, runId }: OpenRun): Promise<RunMessages> {
    const known = messages.get(runId);
    if (known) return known;
    const run = await engine.db(orgId).runs.get(runId);
    const organization = await engine.database.accounts.organization(orgId);
    if (!run || !organization) throw new Error(`run ${runId} has no organization`);
    const { urls, oneClick } = engine;
    const template = openMessage(run.content);
    const { runWork } = engine.db(orgId);
    const state = briefly(stateMs, () => runWork.state(runId));
    const clearTrouble = briefly(options.pollMs, () => runWork.clearTrouble(runId));
    const made = { orgId, organizationName: organization.name, run, template, urls, oneClick, state, clearTrouble };
    messages.set(runId, made);
    return made;
  }

  function build(open: OpenRun): Promise<void> {
    const work = async () => {
      const db = engine.db(open.orgId);
      const token = newToken();
      const builder = await db.runWork.claimBuilder(open.runId, token, null);
      if (builder && builder.token !== token) {
        if (builderWatch.of(open.runId, `${builder.token} ${builder.beat}`) < options.leaseMs) return;
        const won = await db.runWork.claimBuilder(open.runId, token, builder);
        if (won?.token !== token) return;
      }
      const run = await db.runs.get(open.runId);
      if (!run) return;
      try {
        await buildPages(engine, open.orgId, run, token);
        await endPaused(open);
      } finally {
        await db.runWork.leaveBuilder(open.runId, token).catch(() => undefined);
      }
    };
    const done = work()
      .then(
        () => {
          buildFailures.delete(open.runId);
          return options.pollMs;
        },
        (error) => buildFailed(open, error),
      )
      .then(async (pauseMs) => {
        await rest(pauseMs, engine.stopping);
        builders.delete(open.runId);
      });
    builders.set(open.runId, done);
    return done;
  }

  /** Waits out a database that is away; an audience that can't be built after several tries fails its campaign. */
  async function buildFailed(open: OpenRun, error: unknown): Promise<number> {
    log.error({ err: error, runId: open.runId }, 'building an audience failed');
    if (isPassingFault(error)) return 1_000;
    const failures = (buildFailures.get(open.runId) ?? 0) + 1;
    buildFailures.set(open.runId, failures);
    if (failures >= buildAttempts) await failBuild(engine, open).catch(() => undefined);
    return 1_000;
  }

  const hasPages = (runId: RunId) => [...pages.keys()].some((id) => id.startsWith(`${runId}:`));

  function forget(open: ReadonlySet<RunId>) {
    for (const id of messages.keys()) if (!open.has(id)) messages.delete(id);
    for (const id of postponed.keys()) if (!open.has(id)) postponed.delete(id);
    for (const id of buildFailures.keys()) if (!open.has(id)) buildFailures.delete(id);
  }

  return {
    round,
    /** One look for pages whose holder is dead. */
    async reap(): Promise<void> {
      const runs = await engine.database.sendingQueue.openRuns(openRunsAtOnce);
      await reap(engine, pageWatch, runs, new Set(pages.keys()));
    },
    /** Settles when nothing is in hand any more. */
    async idle(): Promise<void> {
      await Promise.all([...pages.values(), ...builders.values()]);
    },
    inHand: () => pages.size,
  };
}
