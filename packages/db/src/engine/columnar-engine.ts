import type { OrganizationId } from '@mini-crm/domain';
import type { Database } from '../database.ts';
import type { ChangeSource, StoredChange, StreamLog } from '../live/change-stream.ts';
import { type EngineState, engineOff } from './audience-engine.ts';
import { type Columns, openColumns } from './columns.ts';
import { type EngineFiles, engineFiles } from './engine-files.ts';
import { type EngineRole, engineLease, newLeaseToken } from './lease.ts';
import { type StreamMarks, streamMarks } from './marks.ts';
import { type FollowLimits, type OrganizationColumns, organizationColumns } from './organization-columns.ts';
import { type Answers, type AudienceQuestion, answerQuestion, openedMs } from './question.ts';
import { ColumnsNotReady, QuestionCancelled, QuestionTooLong } from './question-errors.ts';
import { questionGate } from './question-gate.ts';

export interface EngineSettings {
  /** Where the files are kept. */
  readonly folder: string;
  /** Where other processes reach this one. */
  readonly address: string;
  readonly memoryLimit?: string;
  /** How long another process waits for a sign of life before it takes over. */
  readonly leaseMs?: number;
  /** How long a question waits for the columns to catch up with what was written before it. */
  readonly freshMs?: number;
  /** How long a question waits for columns that are being opened; not for those that are loaded. */
  readonly openedMs?: number;
  /** After so long without a question an organization's file is let go. */
  readonly idleMs?: number;
  readonly limits?: Partial<FollowLimits>;
}

export interface ColumnarEngineOptions extends EngineSettings {
  /** What opens the door of this process to the others while it has the lease. */
  readonly token?: string;
  readonly database: Database;
  readonly source: ChangeSource;
  readonly log: StreamLog;
  /** Is told when the columns of an organization come or go. */
  readonly stateChanged?: (orgId: OrganizationId, state: EngineState) => void;
  readonly roleChanged?: (role: EngineRole) => void;
}

export interface ColumnarAnswer<K extends AudienceQuestion['kind']> {
  readonly value: Answers[K];
  readonly asOf: Date;
}

/** All that exists while this process has the lease. */
interface Held {
  readonly columns: Columns;
  readonly files: EngineFiles;
  readonly marks: StreamMarks;
  readonly leave: () => void;
  readonly organizations: Map<OrganizationId, { readonly own: OrganizationColumns; usedAt: number }>;
  readonly closing: Set<OrganizationId>;
}

const defaultLimits: FollowLimits = { backlog: 100_000, catchUpMs: 180_000, retryMs: 1000 };
const mostAttached = 100;
const openedAtOnce = 3;
/** So often the lease is asked for at least, however long it holds. */
const askAgainMs = 2000;

/**
 * Sizes from columns, in the process that holds the lease. In the others it only knows who does. Nothing here is needed for
 * an answer: whoever gets `ColumnsNotReady` asks MongoDB.
 */
export function columnarEngine(options: ColumnarEngineOptions) {
  const { database, source, log, leaseMs = 6000, freshMs = 150, idleMs = 10 * 60_000 } = options;
  const token = options.token ?? newLeaseToken();
  const lease = engineLease(database.driver, { address: options.address, token, leaseMs });
  const opening = questionGate(openedAtOnce, mostAttached * 2);
  let role: EngineRole = { kind: 'nobody' };
  let held: Held | null = null;
  let stopped = false;
  /** DuckDB says that it has to be started again. */
  let broken = false;

  async function hold(dataId: string): Promise<Held> {
    const files = await engineFiles(options.folder, dataId);
    const marks = streamMarks(lease);
    const columns = await openColumns({ temporary: files.temporary, memoryLimit: options.memoryLimit ?? '300MB' });
    await source.wanting({ documents: true });
    const change = (each: StoredChange) => {
      marks.change(each);
      if (each.ns.coll === 'organizations' && each.operationType === 'delete') {
        void forget(each.documentKey._id as unknown as OrganizationId);
      }
    };
    const leave = source.subscribe({ change, broken: () => marks.forget() });
    return { columns, files, marks, leave, organizations: new Map(), closing: new Set() };
  }

  async function letGo(): Promise<void> {
    const was = held;
    held = null;
    if (!was) return;
    await Promise.all([...was.organizations.values()].map(({ own }) => own.close()));
    for (const orgId of was.organizations.keys()) options.stateChanged?.(orgId, engineOff);
    was.leave();
    was.columns.close();
    await source.wanting({ documents: false });
  }

  /** Deletes the columns of an organization that is no more. */
  async function forget(orgId: OrganizationId): Promise<void> {
    await release(orgId);
    await held?.files.remove(orgId);
  }

  async function release(orgId: OrganizationId): Promise<void> {
    const at = held;
    const organization = at?.organizations.get(orgId);
    if (!at || !organization) return;
    at.organizations.delete(orgId);
    at.closing.add(orgId);
    await organization.own.close();
    at.closing.delete(orgId);
    options.stateChanged?.(orgId, engineOff);
  }

  /** Columns of organizations that went while nobody held them. */
  async function removeOrphans({ files }: Held): Promise<void> {
    const ids = await files.list();
    const there = await database.driver
      .collection<{ _id: OrganizationId }>('organizations')
      .find({ _id: { $in: ids } }, { projection: { _id: 1 } })
      .map(({ _id }) => _id)
      .toArray();
    for (const orgId of ids) if (!there.includes(orgId)) await forget(orgId);
  }

  async function beat(): Promise<void> {
    // Here and not where it is noticed: two DuckDBs in one process must never have the same file.
    if (broken) await letGo();
    broken = false;
    const next = await lease.claim();
    if (stopped) return;
    if (next.kind === 'owner' && !held) {
      held = await hold(next.dataId);
      log.info({ folder: options.folder }, 'this process holds the audience engine');
      void removeOrphans(held).catch((error) => log.warn({ err: error }, 'files of gone organizations stay for now'));
    }
    if (next.kind !== 'owner') await letGo();
    role = next;
    options.roleChanged?.(next);
  }

  async function keepLease(): Promise<void> {
    while (!stopped) {
      try {
        await beat();
      } catch (error) {
        log.warn({ err: error }, 'the lease of the audience engine could not be prolonged');
        if (held && !lease.isHeld()) {
          role = { kind: 'nobody' };
          options.roleChanged?.(role);
          await letGo();
        }
      }
      begin();
      await rest(Math.min(leaseMs / 3, askAgainMs));
    }
  }

  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });

  let wake = () => {};
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  function want(orgId: OrganizationId): OrganizationColumns | null {
    if (!held || stopped || held.closing.has(orgId)) return null;
    const known = held.organizations.get(orgId);
    if (known) {
      known.usedAt = performance.now();
      return known.own;
    }
    if (held.organizations.size >= mostAttached) releaseIdle(0);
    const own = organizationColumns({
      database,
      source,
      columns: held.columns,
      files: held.files,
      marks: held.marks,
      lastWrite: lease.lastWrite,
      log,
      orgId,
      limits: { ...defaultLimits, ...options.limits },
      inTurn: opening.run,
      changed: (state) => options.stateChanged?.(orgId, state),
    });
    held.organizations.set(orgId, { own, usedAt: performance.now() });
    return own;
  }

  /** Lets those go that nobody has asked for so long; with 0 the one that is longest unused. */
  function releaseIdle(ms: number): void {
    const byUse = [...(held?.organizations ?? [])].sort(([, one], [, other]) => one.usedAt - other.usedAt);
    const idle = byUse.filter(([, { usedAt }]) => performance.now() - usedAt > ms);
    for (const [orgId] of ms === 0 ? idle.slice(0, 1) : idle) void release(orgId);
  }

  const sweep = setInterval(() => releaseIdle(idleMs), Math.min(idleMs, 60_000));
  sweep.unref();
  const keeping = keepLease();

  return {
    token,
    role: () => role,
    begun: () => begun,
    /** Opens or loads the columns of an organization, so that a question finds them. */
    warm: (orgId: OrganizationId): void => void want(orgId),
    state: (orgId: OrganizationId): EngineState => held?.organizations.get(orgId)?.own.state() ?? engineOff,
    /**
     * Answers from the columns.
     * @throws {ColumnsNotReady} where MongoDB has to, {QuestionTooLong} behind the time limit, {QuestionCancelled}.
     */
    async ask<Q extends AudienceQuestion>(
      orgId: OrganizationId,
      question: Q,
      limits: { readonly signal?: AbortSignal; readonly timeLimitMs: number },
    ): Promise<ColumnarAnswer<Q['kind']>> {
      const at = held;
      const own = want(orgId);
      if (!at || !own || !lease.isHeld()) throw new ColumnsNotReady();
      const tooLong = AbortSignal.timeout(limits.timeLimitMs);
      const signal = limits.signal ? AbortSignal.any([limits.signal, tooLong]) : tooLong;
      // A file is open sooner than MongoDB has counted; only a load takes longer.
      await own.opened(options.openedMs ?? openedMs);
      const file = own.ready();
      try {
        const asOf = await own.upToDate(freshMs);
        const value = await at.columns.ask(file, signal, (audience) => answerQuestion(audience, question, { signal }));
        // Somebody else may have it by now, and then these columns follow nobody knows what.
        if (!lease.isHeld()) throw new ColumnsNotReady();
        return { value: value as Answers[Q['kind']], asOf };
      } catch (error) {
        if (limits.signal?.aborted) throw new QuestionCancelled();
        if (tooLong.aborted || error instanceof QuestionTooLong) throw new QuestionTooLong();
        if (error instanceof ColumnsNotReady) throw error;
        log.warn({ err: error, orgId }, 'the columns could not answer; MongoDB does');
        if (at.columns.isBroken(error)) {
          broken = true;
          wake();
        } else if (at.columns.isDamage(error)) own.distrust();
        throw new ColumnsNotReady();
      }
    },
    async close(): Promise<void> {
      stopped = true;
      clearInterval(sweep);
      wake();
      await keeping;
      await letGo();
      await lease.release().catch(() => undefined);
    },
  };
}

export type ColumnarEngine = ReturnType<typeof columnarEngine>;
