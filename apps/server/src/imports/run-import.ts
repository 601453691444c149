import type {
  BatchSession,
  HeldImport,
  ImportDocument,
  ImportFailure,
  OrganizationDatabase,
  UploadDocument,
} from '@mini-crm/db';
import {
  type Attribute,
  addCounts,
  catalogueReader,
  type ImportCounts,
  type ImportPhase,
  maximumRowLength,
} from '@mini-crm/domain';
import type { Deps } from '../deps.ts';
import { SourceFault, sourceBatches, sourceRows } from './csv-source.ts';
import { batchPlanner, type ReadBatch } from './plan-batch.ts';

/** How far a run is; the holder's beat writes it down. */
export interface RunState {
  phase: ImportPhase;
  /** From 0 to 1 within all the work. */
  progress: number;
  counts: ImportCounts;
  rowsTotal: number | null;
}

/** What stops a run: `leave` drops it where it is, for whoever takes it up; `cancel` writes no more rows and brings it to an end. */
export interface RunSignals {
  readonly leave: AbortSignal;
  readonly cancel: AbortSignal;
}

/** Ends a run with a failure that its person reads. */
export class ImportFault extends Error {
  readonly failure: ImportFailure;
  constructor(failure: ImportFailure) {
    super(failure.code);
    this.failure = failure;
  }
}

// The first reading is quick and the last sums are few: the bar belongs to the writing.
const checkingShare = 0.08;
const writingShare = 0.96;
const batchesInFlight = 2;
const tries = 8;
const rollupBatch = 500;

/**
 * Does an import from wherever it is to its end, or as far as the signal lets it. Everything it has done is in the
 * database, so a run that was killed is simply run again: batches that are there are passed over.
 * @throws {ImportFault} for what ends the import; anything else is a failure of the moment.
 */
export async function runImport(
  deps: Deps,
  held: HeldImport,
  job: ImportDocument,
  state: RunState,
  signals: RunSignals,
): Promise<void> {
  const { leave } = signals;
  const noMoreRows = AbortSignal.any([leave, signals.cancel]);
  const db = deps.database.forOrganization(held.orgId);
  const upload = await db.uploads.get(job.uploadId);
  if (!upload) throw new ImportFault({ code: 'upload_gone', details: {} });
  // The last beat may know less than what is written: a run that was killed and cancelled has its sums to do all the same.
  const done = await db.importBatches.done(job._id);
  state.counts = done.counts;
  state.rowsTotal ??= await checkWhole(db, job, upload, state, noMoreRows);
  if (noMoreRows.aborted && state.counts.rows === 0) return;
  const catalogue = await prepareCatalogue(db, job);
  if (job.kind === 'orders' && !job.dryRun) await prepareEventCatalogue(db, job, deps.now());

  state.phase = 'writing';
  await writeBatches(deps, db, held, job, upload, catalogue, done.numbers, state, noMoreRows);

  if (job.kind === 'orders' && !job.dryRun) {
    state.phase = 'summing';
    state.progress = writingShare;
    let summed = 0;
    // Read late: with the first order the currency stands.
    const currency = (await deps.database.accounts.organization(held.orgId))?.currency ?? job.options.currency;
    // Summing again what was summed already changes nothing, so a resumed run begins here anew.
    for await (const ids of db.importBatches.touched(job._id, rollupBatch)) {
      if (leave.aborted) break;
      await db.recomputeRollups(ids, currency);
      summed += ids.length;
      state.progress = 1 - (1 - writingShare) / (1 + summed / 20_000);
    }
  }
  if (!leave.aborted) await db.importBatches.tidy(job._id);
}

/** Reads the file once from end to end, so that one that can't be read changes nothing. Answers how many rows it has. */
async function checkWhole(
  db: OrganizationDatabase,
  job: ImportDocument,
  upload: UploadDocument,
  state: RunState,
  signal: AbortSignal,
): Promise<number> {
  let total = 0;
  try {
    for await (const { rows, bytes } of sourceRows(db.uploads, upload, job.delimiter)) {
      total += rows.length;
      state.progress = checkingShare * Math.min(1, bytes / Math.max(1, upload.size));
      if (signal.aborted) break;
    }
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    const { code, row } = error.fault;
    throw new ImportFault({ code, details: { row, limit: maximumRowLength } });
  }
  if (!signal.aborted && total === 0) throw new ImportFault({ code: 'csv_no_rows', details: {} });
  return total;
}

/** The catalogue that the rows are read by; adds the new attributes of a mapping, which a resumed run finds there. */
async function prepareCatalogue(db: OrganizationDatabase, job: ImportDocument): Promise<Attribute[]> {
  const catalogue = await db.attributes.list();
  for (const target of job.columns) {
    if (target.type === 'attribute' && !catalogue.some(({ slug }) => slug === target.slug)) {
      throw new ImportFault({ code: 'attribute_changed', details: { slug: target.slug } });
    }
    if (target.type !== 'newAttribute' || job.dryRun) continue;
    const { slug, label, valueType } = target;
    const added: Attribute = { slug, label, type: valueType, options: [] };
    if (await db.attributes.insert(added)) continue;
    const stored = await db.attributes.get(slug);
    if (stored?.type !== valueType) throw new ImportFault({ code: 'attribute_changed', details: { slug } });
  }
  return catalogue;
}

/** Says what the orders of a file carry, before rules meet the first of them. */
async function prepareEventCatalogue(db: OrganizationDatabase, job: ImportDocument, now: Date): Promise<void> {
  const changed = await db.eventTypes.change((held) => {
    const reader = catalogueReader(held, { now });
    reader.read('order', {});
    for (const target of job.columns) {
      if (target.type !== 'property') continue;
      const { name, valueType: type } = target;
      const declared = reader.declare({ name, type, eventTypes: ['order', 'refund'] });
      if (!declared.ok) return { next: null, answer: name };
    }
    return { next: reader.changed(), answer: null };
  });
  if (changed !== null) throw new ImportFault({ code: 'attribute_changed', details: { slug: changed } });
}

/** Decides and writes what is left of the file; the next batch is read and decided while the one before is written. */
async function writeBatches(
  deps: Deps,
  db: OrganizationDatabase,
  held: HeldImport,
  job: ImportDocument,
  upload: UploadDocument,
  catalogue: readonly Attribute[],
  done: ReadonlySet<number>,
  state: RunState,
  signal: AbortSignal,
): Promise<void> {
  const read = batchPlanner(db, job, catalogue);
  const inFlight = new Map<Promise<void>, ReadonlySet<string>>();
  const sessions = Array.from({ length: batchesInFlight }, () => db.importBatches.openSession());
  const free = sessions.map(({ session }) => session);
  let failure: unknown;

  const settled = (counts: ImportCounts) => {
    state.counts = addCounts(state.counts, counts);
    const share = state.rowsTotal ? state.counts.rows / state.rowsTotal : 1;
    state.progress = checkingShare + (writingShare - checkingShare) * Math.min(1, share);
  };
  const shares = (identities: readonly string[]) =>
    [...inFlight].filter(([, held]) => identities.some((identity) => held.has(identity))).map(([write]) => write);

  try {
    // Whoever takes over ends what these leave open; who doesn't hold the import any more must not begin.
    const ids = sessions.map(({ id }) => id);
    if (!(await db.imports.keepSessions(job._id, held.token, ids))) return;
    for await (const batch of sourceBatches(sourceRows(db.uploads, upload, job.delimiter))) {
      if (signal.aborted || failure) break;
      if (done.has(batch.number)) continue;
      const ready = read(batch);
      // Rows about the same person or order are decided one after the other, in the order of the file.
      await Promise.all(shares(ready.identities));
      while (inFlight.size >= batchesInFlight) await Promise.race(inFlight.keys());
      const session = free.pop();
      if (!session) throw new Error('More batches in flight than sessions.');
      const write: Promise<void> = commit(deps, db, ready, session)
        .then(settled)
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => {
          free.push(session);
          inFlight.delete(write);
        });
      inFlight.set(write, new Set(ready.identities));
    }
  } finally {
    await Promise.all(inFlight.keys());
    await Promise.all(sessions.map(({ session }) => session.endSession()));
  }
  if (failure) throw failure;
}

/** Decides a batch and writes it; decides again where somebody else wrote in between. */
async function commit(
  deps: Deps,
  db: OrganizationDatabase,
  batch: ReadBatch,
  session: BatchSession,
): Promise<ImportCounts> {
  for (let tried = 0; tried < tries; tried++) {
    const { record, writes } = await batch.plan();
    if ((await db.importBatches.commit(record, writes, deps.now(), session)) === 'done') return record.counts;
    await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** tried));
  }
  throw new Error('A batch met other writes again and again.');
}
