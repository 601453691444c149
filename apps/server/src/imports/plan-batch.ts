import { createHash } from 'node:crypto';
import {
  type BatchRecord,
  type BatchWrites,
  eventDigest,
  type ImportDocument,
  newId,
  type OrganizationDatabase,
} from '@mini-crm/db';
import {
  type Attribute,
  type CustomerId,
  customerRowReader,
  fold,
  type IdentifiedOrder,
  type ImportCounts,
  noCounts,
  type OfferedConsent,
  ok,
  orderContent,
  orderEventId,
  orderRowReader,
  planCustomers,
  planOrders,
  type RowOutcome,
} from '@mini-crm/domain';
import type { SourceBatch } from './csv-source.ts';

/** A batch that was decided: its record, and what it writes. */
export interface PlannedBatch {
  readonly record: BatchRecord;
  readonly writes: BatchWrites;
}

/** A batch that was read and not decided yet. */
export interface ReadBatch {
  /** Whom or what its rows name: batches that share one can't be decided at the same time. */
  readonly identities: readonly string[];
  /** Asks what is stored, and decides. May be asked again when that has changed. */
  plan(): Promise<PlannedBatch>;
}

/** Compiles an import: the mapping is read once, then each batch is cut and decided by it. */
export function batchPlanner(
  db: OrganizationDatabase,
  job: ImportDocument,
  catalogue: readonly Attribute[],
): (batch: SourceBatch) => ReadBatch {
  return job.kind === 'customers' ? customerPlanner(db, job, catalogue) : orderPlanner(db, job);
}

const nothing: BatchWrites = { updates: [], inserts: [], events: [] };

function customerPlanner(db: OrganizationDatabase, job: ImportDocument, catalogue: readonly Attribute[]) {
  const read = customerRowReader(job.header, job.columns, job.options, catalogue);
  const offered = offeredConsent(job);

  return (batch: SourceBatch): ReadBatch => {
    const rows = batch.rows.map(({ cells }) => read(cells));
    const externalIds = new Set<string>();
    const emails = new Set<string>();
    for (const row of rows) {
      if (!row.ok) continue;
      const { externalId, email } = row.value.fields;
      if (externalId !== undefined) externalIds.add(externalId);
      if (email !== undefined) emails.add(fold(email));
    }
    const identities = [...[...externalIds].map((id) => `i${id}`), ...[...emails].map((email) => `e${email}`)];

    return {
      identities,
      async plan() {
        const [byId, byEmail] = await Promise.all([
          externalIds.size === 0 ? [] : db.customers.byExternalIds([...externalIds]),
          emails.size === 0 ? [] : db.customers.byFoldedEmails([...emails]),
        ]);
        const customers = [...new Map([...byId, ...byEmail].map((customer) => [customer.id, customer])).values()];
        const suppressed = new Set<string>();
        if (offered) {
          const stored = customers.flatMap(({ email, phone }) => (offered.channel === 'email' ? email : phone) ?? []);
          const named = rows.flatMap((row) =>
            row.ok ? (row.value.fields[offered.channel === 'email' ? 'email' : 'phone'] ?? []) : [],
          );
          const addresses = [...new Set([...stored, ...named].map(fold))];
          for (const address of (await db.suppressions.of(offered.channel, addresses)).keys()) suppressed.add(address);
        }
        const plan = planCustomers(rows, { customers, suppressed }, offered, () => newId('customer'));
        if (!job.dryRun) {
          const { updates, inserts, consentsKept } = plan;
          return planned(job, batch, plan.outcomes, { ...nothing, updates, inserts }, consentsKept, {});
        }
        const earlier = await db.importBatches.keysBefore(job._id, batch.number, identities);
        const outcomes = plan.outcomes.map((outcome, index): RowOutcome => {
          const row = rows[index];
          if (outcome !== 'created' || !row?.ok) return outcome;
          const { externalId, email } = row.value.fields;
          const known = earlier.has(`i${externalId}`) || (email !== undefined && earlier.has(`e${fold(email)}`));
          return known ? 'updated' : 'created';
        });
        return planned(job, batch, outcomes, nothing, plan.consentsKept, { keys: identities });
      },
    };
  };
}

function orderPlanner(db: OrganizationDatabase, job: ImportDocument) {
  const read = orderRowReader(job.header, job.columns, job.options);
  const hasIds = job.columns.some((target) => target.type === 'order' && target.field === 'orderId');

  return (batch: SourceBatch): ReadBatch => {
    const rows = batch.rows.map(({ cells }) => read(cells));
    const keys = rows.map((row) => {
      if (!row.ok) return '';
      return hasIds ? orderEventId(row.value, '', 0) : contentKey(orderContent(row.value));
    });
    const identities = [...new Set(keys.filter((key) => key !== ''))];

    return {
      identities,
      async plan() {
        const earlier =
          hasIds && !job.dryRun
            ? new Map<string, number>()
            : await db.importBatches.keysBefore(job._id, batch.number, identities);
        const occurrences = new Map(hasIds ? [] : earlier);
        const identified = rows.map((row, index): IdentifiedOrder => {
          if (!row.ok) return row;
          const key = keys[index] as string;
          if (hasIds) return ok({ row: row.value, eventId: key });
          const occurrence = (occurrences.get(key) ?? 0) + 1;
          occurrences.set(key, occurrence);
          return ok({ row: row.value, eventId: orderEventId(row.value, key, occurrence) });
        });
        const eventIds = identified.flatMap((order) => (order.ok ? [order.value.eventId] : []));
        const externalIds = new Set<string>();
        const emails = new Set<string>();
        for (const row of rows) {
          if (!row.ok) continue;
          if (row.value.customerExternalId !== null) externalIds.add(row.value.customerExternalId);
          if (row.value.customerEmail !== null) emails.add(fold(row.value.customerEmail));
        }
        const [byExternalId, byEmail, digests] = await Promise.all([
          externalIds.size === 0 ? new Map<string, CustomerId>() : db.customers.idsByExternalIds([...externalIds]),
          db.importBatches.customersByEmail([...emails]),
          db.importBatches.eventDigests([...new Set(eventIds)]),
        ]);
        const plan = planOrders(identified, { byExternalId, byEmail, digests }, eventDigest);
        // A content key goes into the record as often as it occurs, so that later batches go on counting.
        const rowKeys = keys.filter((key) => key !== '');
        const kept: Kept = hasIds ? (job.dryRun ? { keys: identities } : {}) : { keys: rowKeys };
        if (job.dryRun) {
          const outcomes = plan.outcomes.map(
            (outcome, index): RowOutcome =>
              hasIds && outcome === 'created' && earlier.has(keys[index] as string) ? 'unchanged' : outcome,
          );
          return planned(job, batch, outcomes, nothing, 0, kept);
        }
        const touched = [...new Set(plan.inserts.map(({ event }) => event.customerId))];
        return planned(job, batch, plan.outcomes, { ...nothing, events: plan.inserts }, 0, { ...kept, touched });
      },
    };
  };
}

const contentKey = (content: string): string => createHash('sha256').update(content).digest('base64url').slice(0, 22);

function offeredConsent({ options: { consent } }: ImportDocument): OfferedConsent | null {
  if (!consent) return null;
  const { channel, how, at } = consent;
  return { channel, consent: { state: 'granted', at: new Date(at), how, source: 'import' } };
}

/** What a batch's record keeps beside its counts, for later batches and for the sums at the end. */
interface Kept {
  readonly keys?: readonly string[];
  readonly touched?: readonly CustomerId[];
}

function planned(
  job: ImportDocument,
  batch: SourceBatch,
  outcomes: readonly RowOutcome[],
  writes: BatchWrites,
  consentsKept: number,
  { keys = [], touched = [] }: Kept,
): PlannedBatch {
  const counts: { -readonly [K in keyof ImportCounts]: number } = { ...noCounts, rows: outcomes.length, consentsKept };
  const refused: BatchRecord['refused'] = [];
  outcomes.forEach((outcome, index) => {
    if (typeof outcome === 'string') {
      counts[outcome]++;
      return;
    }
    counts.refused++;
    const { row, cells } = batch.rows[index] as SourceBatch['rows'][number];
    refused.push({ row, fault: outcome, cells });
  });
  return {
    record: {
      importId: job._id,
      number: batch.number,
      counts,
      refused,
      ...(keys.length > 0 ? { keys: [...keys] } : {}),
      ...(touched.length > 0 ? { touched: [...touched] } : {}),
    },
    writes,
  };
}
