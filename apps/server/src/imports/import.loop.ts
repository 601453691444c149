import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { HeldImport, ImportDocument } from '@mini-crm/db';
import type { Deps } from '../deps.ts';
import { type Loop, poll } from '../worker/loop.ts';
import { ImportFault, type RunState, runImport } from './run-import.ts';

const idleMs = 400;
const beatMs = 700;
const sweepEveryMs = 10 * 60_000;
const brokenUploadMs = 15 * 60_000;
const idleUploadMs = 3 * 24 * 3_600_000;
const mostAttempts = 8;

/** Two at once, so that the long import of one organization doesn't make all the others wait. */
export const importLoops: readonly Loop[] = [
  { name: 'imports', start: (deps) => importLoop(deps, 'imports', true) },
  { name: 'imports-2', start: (deps) => importLoop(deps, 'imports-2', false) },
];

function importLoop(deps: Deps, name: string, sweeps: boolean) {
  const watch = silenceWatch(deps);
  let sweptAt = Number.NEGATIVE_INFINITY;
  return poll(deps, {
    name,
    idleMs,
    async work(signal) {
      const { importQueue } = deps.database;
      if (sweeps && performance.now() - sweptAt > sweepEveryMs) {
        sweptAt = performance.now();
        await importQueue.sweepUploads(deps.now(), brokenUploadMs, idleUploadMs);
      }
      const held = (await watch()) ?? (await importQueue.claim(randomUUID(), deps.now()));
      if (!held) return false;
      await hold(deps, held, signal);
      return true;
    },
  });
}

/**
 * Finds a running import whose holder is silent. What counts is this process's own monotonic clock since it first saw a
 * token and beat: no two machines' clocks are compared.
 */
function silenceWatch(deps: Deps): () => Promise<HeldImport | null> {
  const seen = new Map<string, { mark: string; since: number }>();
  return async () => {
    const running = await deps.database.importQueue.running();
    const now = performance.now();
    for (const one of running) {
      const mark = `${one.token}:${one.beat}`;
      const before = seen.get(one._id);
      if (before?.mark !== mark) seen.set(one._id, { mark, since: now });
      const silent = before?.mark === mark && now - before.since > deps.env.LEASE_MS;
      // One that was given back has no token, and nobody to wait for.
      if (!silent && one.token !== null) continue;
      const held = await deps.database.importQueue.takeOver(one, randomUUID());
      if (held) {
        deps.log.info({ importId: one._id, orgId: one.orgId }, 'import taken over');
        return held;
      }
    }
    const open = new Set<string>(running.map(({ _id }) => _id));
    for (const id of seen.keys()) if (!open.has(id)) seen.delete(id);
    return null;
  };
}

/** Does a held import, giving signs of life until it is done, given back, cancelled or lost. */
async function hold(deps: Deps, held: HeldImport, signal: AbortSignal): Promise<void> {
  const { imports, importBatches, uploads } = deps.database.forOrganization(held.orgId);
  const job = await imports.get(held.importId);
  if (!job) return;
  const log = deps.log.child({ importId: held.importId, orgId: held.orgId });
  const state: RunState = {
    phase: job.phase ?? 'checking',
    progress: job.progress,
    counts: job.counts,
    rowsTotal: job.rowsTotal,
  };
  const lost = new AbortController();
  const cancel = new AbortController();
  const leave = AbortSignal.any([signal, lost.signal]);
  if (job.cancelAsked) cancel.abort();

  const beat = async () => {
    const further = state.counts.rows > job.counts.rows ? { attempts: 0 } : {};
    const answer = await imports.beat(held.importId, held.token, { ...state, ...further });
    if (answer === null) lost.abort();
    if (answer?.cancelAsked) cancel.abort();
  };
  const beating = heart(beat, (error) => log.warn({ err: error }, 'import beat failed'));

  try {
    if (job.attempts > mostAttempts) throw new ImportFault({ code: 'unexpected', details: { attempts: job.attempts } });
    await importBatches.endSessions(job.sessions ?? []);
    await runImport(deps, held, job, state, { leave, cancel: cancel.signal });
    await beating.stop();
    if (lost.signal.aborted) return;
    if (leave.aborted) return await imports.release(held.importId, held.token);
    await finish(cancel.signal.aborted ? 'cancelled' : 'done', null);
  } catch (error) {
    await beating.stop();
    if (lost.signal.aborted) return;
    if (!(error instanceof ImportFault)) {
      await imports.release(held.importId, held.token).catch(() => undefined);
      throw error;
    }
    log.info({ failure: error.failure }, 'import failed');
    await finish('failed', error.failure);
  }

  async function finish(ended: 'done' | 'failed' | 'cancelled', failure: ImportDocument['failure']): Promise<void> {
    const { counts } = await importBatches.done(held.importId);
    const ours = await imports.finish(held.importId, held.token, { state: ended, counts, failure, at: deps.now() });
    if (!ours) return;
    log.info({ state: ended, counts, ms: deps.now().getTime() - (job?.startedAt?.getTime() ?? 0) }, 'import ended');
    // After a dry run the file waits for the real one; after that it has served.
    if (job && !job.dryRun && !(await imports.usesUpload(job.uploadId))) await uploads.remove(job.uploadId);
  }
}

/** Calls `beat` again and again, one at a time, until it is stopped. */
function heart(beat: () => Promise<void>, failed: (error: unknown) => void) {
  let stopped = false;
  let wake = () => {};
  const beating = (async () => {
    while (!stopped) {
      await beat().catch(failed);
      if (stopped) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, beatMs);
      });
    }
  })();
  return {
    async stop() {
      stopped = true;
      wake();
      await beating;
    },
  };
}
