import { setTimeout as wait } from 'node:timers/promises';
import type { OrganizationId } from '@mini-crm/domain';
import { MongoError, type Timestamp } from 'mongodb';
import type { Database } from '../database.ts';
import { type ChangeSource, isHistoryLost, type StoredChange, type StreamLog } from '../live/change-stream.ts';
import { applyBatch } from './apply-batch.ts';
import type { EngineState } from './audience-engine.ts';
import { type ChangeApplier, changeApplier } from './change-applier.ts';
import type { Columns, OpenFile } from './columns.ts';
import type { EngineFiles } from './engine-files.ts';
import { followTo, isOf, MadeAnew } from './follow-stream.ts';
import { loadOrganization } from './load-organization.ts';
import { markOf, type StreamMarks } from './marks.ts';
import { ColumnsNotReady } from './question-errors.ts';
import { readPlace, type SavedPlace, writePlace } from './saved-place.ts';

export interface OrganizationColumnsOptions {
  readonly database: Database;
  readonly source: ChangeSource;
  readonly columns: Columns;
  readonly files: EngineFiles;
  readonly marks: StreamMarks;
  readonly lastWrite: () => Promise<Timestamp | null>;
  readonly log: StreamLog;
  readonly orgId: OrganizationId;
  readonly limits: FollowLimits;
  /** Lets few organizations be opened at once: each needs a stream of its own while it is. */
  readonly inTurn: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
  readonly changed: (state: EngineState) => void;
}

export interface FollowLimits {
  /** With more changes waiting than this, they are followed by a stream of one's own that is read no faster than written. */
  readonly backlog: number;
  /** When following would take longer than this, in ms, the organization is read anew. */
  readonly catchUpMs: number;
  /** How long to wait before another try. */
  readonly retryMs: number;
}

class Overrun extends Error {}

// Where writes go on faster than they can be followed, reading anew again and again would help nobody.
const anewForSpeedEveryMs = 10 * 60_000;

/**
 * The columns of one organization while they are wanted: opened or loaded, brought up to the stream of the process, then
 * kept there; made anew by themselves where they can't be. They answer only while they are whole.
 */
export function organizationColumns(options: OrganizationColumnsOptions) {
  const { database, source, columns, files, marks, log, orgId, limits } = options;
  const closing = new AbortController();
  let state: EngineState = { status: 'loading', progress: null, asOf: null };
  let live: { readonly file: OpenFile; readonly applier: ChangeApplier; readonly stop: AbortController } | null = null;
  let failures = 0;
  let anewForSpeedAt = Number.NEGATIVE_INFINITY;

  const wantedAt = performance.now();
  const waiting = new Set<() => void>();
  const isOpening = () => !live && state.progress === null && !closing.signal.aborted;

  const say = (status: EngineState['status'], progress: number | null, asOf: Date | null) => {
    state = { status, progress, asOf };
    options.changed(state);
    if (!isOpening()) for (const go of waiting) go();
  };

  /** The file as it was left, where it is whole, and else a new one. */
  async function open(): Promise<{ file: OpenFile; place: SavedPlace; loaded: boolean }> {
    if (files.exists(orgId)) {
      const file = await columns.open(files.fileOf(orgId));
      const place = readPlace((await file?.projection.position())?.token);
      const last = await options.lastWrite();
      if (file && place && last?.greaterThanOrEqual(place.seen)) return { file, place, loaded: false };
      log.info({ orgId }, 'the columns of an organization are not of use; making them anew');
      await file?.close();
      await files.remove(orgId);
    }
    return load();
  }

  async function load() {
    const began = performance.now();
    const since = await options.lastWrite();
    if (!since) throw new Error('The audience engine needs a replica set.');
    say('loading', 0, null);
    const file = await columns.create(files.fileOf(orgId));
    try {
      const loader = file.projection.load();
      const progress = (share: number) => say('loading', share * 0.9, null);
      await loadOrganization(loader, { database, orgId, since, signal: closing.signal, progress });
      const place: SavedPlace = { start: { startAtOperationTime: since }, seen: since };
      await loader.finish({ token: writePlace(place), asOf: new Date() });
      log.info({ orgId, ms: Math.round(performance.now() - began) }, 'the columns of an organization are loaded');
      return { file, place, loaded: true };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  const applierTo = (file: OpenFile, overlapping: boolean) =>
    changeApplier((batch, { token, time, at }) => {
      const place = writePlace({ start: { resumeAfter: token }, seen: time });
      return applyBatch({ database, orgId, projection: file.projection, overlapping }, batch, {
        token: place,
        asOf: at,
      });
    });

  async function aMark(): Promise<number> {
    const mark = await marks.write();
    if (mark === null) throw new Error('Another process has the lease of the audience engine.');
    return mark;
  }

  /**
   * Follows on its own until it is near, then listens to the stream of the process, and follows to a mark that both see: what
   * comes behind it is the process's. So no write is missed and none is written twice.
   */
  async function join({ file, place, loaded }: Awaited<ReturnType<typeof open>>, stop: AbortController) {
    const mayGiveUp = performance.now() > anewForSpeedAt + anewForSpeedEveryMs;
    const signal = AbortSignal.any([closing.signal, stop.signal]);
    const following = {
      db: database.driver,
      orgId,
      applier: applierTo(file, loaded),
      signal,
      catchUpMs: mayGiveUp ? limits.catchUpMs : null,
    };
    const near = await followTo(place.start, await aMark(), following);
    const applier = applierTo(file, false);
    const early: StoredChange[] = [];
    let joined = false;
    const take = (change: StoredChange) => {
      applier.take(change, isOf(orgId, change));
      if (applier.backlog() > limits.backlog) stop.abort(new Overrun('Changes come faster than they are written.'));
    };
    const leave = source.subscribe({
      change: (change) => (joined ? take(change) : early.push(change)),
      broken: () => stop.abort(new MadeAnew('The stream of changes broke.')),
    });
    try {
      const mark = await aMark();
      await followTo(near, mark, { ...following, catchUpMs: null });
      await marks.wait(mark, signal);
      signal.throwIfAborted();
      joined = true;
      for (const change of early.slice(early.findIndex((each) => markOf(each) === mark))) take(change);
      return { applier, leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Opens and joins when it is this organization's turn. */
  const start = (stop: AbortController) =>
    options.inTurn(async () => {
      const opened = await open();
      try {
        return { file: opened.file, ...(await join(opened, stop)) };
      } catch (error) {
        await opened.file.close();
        throw error;
      }
    }, closing.signal);

  /** One try: until it is closed, or something makes another one necessary. */
  async function once(): Promise<void> {
    const stop = new AbortController();
    try {
      const { file, applier, leave } = await start(stop);
      live = { file, applier, stop };
      failures = 0;
      say('ready', null, new Date());
      try {
        await applier.run(AbortSignal.any([closing.signal, stop.signal]));
        stop.signal.throwIfAborted();
      } finally {
        leave();
        live = null;
        await file.close();
      }
    } catch (error) {
      throw stop.signal.aborted ? stop.signal.reason : error;
    } finally {
      if (!closing.signal.aborted) say('loading', null, null);
    }
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await once();
      } catch (error) {
        if (!closing.signal.aborted) await prepareAnother(error);
      }
    }
  }

  async function prepareAnother(error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof Overrun)
      return log.info({ orgId, reason }, 'the columns of an organization follow on their own');
    failures += 1;
    log.warn({ err: error, orgId }, 'the columns of an organization stopped; bringing them up again');
    const anew = error instanceof MadeAnew || isHistoryLost(error) || columns.isDamage(error);
    if (error instanceof MadeAnew) anewForSpeedAt = performance.now();
    // The same fault again and again may lie in what was written; not where MongoDB or another process is the reason.
    const again = failures > 2 && !(error instanceof MongoError) && !columns.isBusy(error);
    if (anew || again) await files.remove(orgId);
    if (error instanceof MadeAnew) return;
    await wait(limits.retryMs, undefined, { signal: closing.signal }).catch(() => undefined);
  }

  const running = run();

  return {
    state: () => state,
    /** Resolves when it is known whether the columns are there or have to be read anew, and at the latest so long after they were wanted first. */
    async opened(withinMs: number): Promise<void> {
      const left = wantedAt + withinMs - performance.now();
      if (!isOpening() || left <= 0) return;
      await new Promise<void>((resolve) => {
        const go = () => {
          clearTimeout(timer);
          waiting.delete(go);
          resolve();
        };
        const timer = setTimeout(go, left);
        waiting.add(go);
      });
    },
    /** Where the columns are, for a question; throws `ColumnsNotReady` while they are not whole. */
    ready(): OpenFile {
      if (!live) throw new ColumnsNotReady();
      return live.file;
    },
    /**
     * Resolves to the instant up to which every write is in: the moment of the call, where the columns get there within the
     * time, and else as far as they are.
     */
    async upToDate(withinMs: number): Promise<Date> {
      const asked = new Date();
      const began = performance.now();
      const at = live;
      if (!at) throw new ColumnsNotReady();
      const passed = await marks.passed(withinMs);
      const left = Math.max(withinMs - (performance.now() - began), 1);
      const written = passed && (await at.applier.written(left));
      if (live !== at) throw new ColumnsNotReady();
      if (written) state = { ...state, asOf: asked };
      return written ? asked : (at.applier.place()?.at ?? state.asOf ?? asked);
    },
    /** Makes them anew, because a question found them damaged. */
    distrust(): void {
      live?.stop.abort(new MadeAnew('A question found the columns damaged.'));
    },
    /** Lets the file go; it keeps what it has. */
    async close(): Promise<void> {
      closing.abort();
      for (const go of waiting) go();
      await running;
    },
  };
}

export type OrganizationColumns = ReturnType<typeof organizationColumns>;
