import { type DuckDBConnection, INTEGER, LIST, listValue } from '@duckdb/node-api';
import { wholeNumber } from './encode.ts';
import { rolledTypes, type SqlColumn, tableIn } from './layout.ts';
import type { LayoutWriter } from './layout-writer.ts';
import type { EventRow } from './projection.ts';
import { staged } from './staging.ts';

// Totals up to here are added up in 64 bits: some hundred thousand of them for one customer, some thousand of one write.
const largestTotal = 1_000_000_000_000;

/** Whether a total can be added up; one that is not there, too. */
export const isSummable = (total: number): boolean => !(Math.abs(total) > largestTotal);

/** Gives up the sums of what has totals too large for them. */
export async function guardSums(documents: readonly EventRow[], layout: LayoutWriter): Promise<void> {
  for (const { type, currency, total } of documents) {
    if (typeof total !== 'number' || isSummable(total) || typeof currency !== 'string') continue;
    await layout.giveUpSum(type, currency);
  }
}

/** The roll-up columns with the aggregates of events that they are, over a scan of events with an alias. */
function aggregates(layout: LayoutWriter, of: string): { column: string; sql: string }[] {
  const parts: { column: string; sql: string }[] = [];
  const { types, sums } = layout.layout;
  for (const { number } of types.values()) {
    if (number > rolledTypes) continue;
    const only = `FILTER (${of}.t = ${number})`;
    parts.push({ column: `n_${number}`, sql: `(count(${of}.e) ${only})::INTEGER` });
    parts.push({ column: `f_${number}`, sql: `min(${of}.ms) ${only}` });
    parts.push({ column: `l_${number}`, sql: `max(${of}.ms) ${only}` });
  }
  for (const [key, { number, exact }] of sums) {
    if (!exact) continue;
    const [type = '', currency = ''] = key.split(' ');
    const only = `FILTER (${of}.t = ${types.get(type)?.number} AND ${of}.currency = ${literal(currency)})`;
    parts.push({ column: `s_${number}`, sql: `coalesce(sum(${of}.total) ${only}, 0)::BIGINT` });
    parts.push({ column: `m_${number}`, sql: `(count(${of}.total) ${only})::INTEGER` });
  }
  return parts;
}

// The one text that is written into SQL: a currency code, and nothing that is not one.
function literal(currency: string): string {
  if (!/^[A-Za-z0-9]{1,10}$/.test(currency)) return 'NULL';
  return `'${currency}'`;
}

/** Computes all roll-ups of some customers anew from their events. */
export async function recomputeRollups(
  connection: DuckDBConnection,
  catalog: string,
  layout: LayoutWriter,
  keys: readonly number[],
): Promise<void> {
  const parts = aggregates(layout, 'x');
  if (keys.length === 0 || parts.length === 0) return;
  await connection.run(
    `UPDATE ${tableIn(catalog, 'customers')} u SET ${parts.map(({ column }) => `${column} = r.${column}`).join(', ')}
     FROM (SELECT k.c, ${parts.map(({ column, sql }) => `${sql} AS ${column}`).join(', ')}
           FROM (SELECT unnest($1) AS c) k LEFT JOIN ${tableIn(catalog, 'events')} x ON x.c = k.c GROUP BY k.c) r
     WHERE u.c = r.c`,
    [listValue([...new Set(keys)])],
    [LIST(INTEGER)],
  );
}

/** A select of all customers' roll-ups by key, for the first load. Null where there is nothing to add up. */
export function allRollups(layout: LayoutWriter, events: string): { columns: string[]; sql: string } | null {
  const parts = aggregates(layout, 'x');
  if (parts.length === 0) return null;
  return {
    columns: parts.map(({ column }) => column),
    sql: `SELECT x.c, ${parts.map(({ column, sql }) => `${sql} AS ${column}`).join(', ')} FROM ${events} x GROUP BY x.c`,
  };
}

interface Tally {
  key: number;
  count: number;
  first: number;
  last: number;
}

/** Adds new events to the roll-ups of their customers: whole numbers, and all or none with the events themselves. */
export async function addToRollups(
  connection: DuckDBConnection,
  catalog: string,
  layout: LayoutWriter,
  documents: readonly EventRow[],
  keys: ReadonlyMap<string, number>,
): Promise<void> {
  const counts = new Map<number, Map<number, Tally>>();
  const totals = new Map<number, Map<number, { key: number; sum: number; count: number }>>();
  for (const { type, at, currency, total, customerId } of documents) {
    const key = keys.get(customerId);
    const number = layout.layout.types.get(type)?.number;
    if (key === undefined || number === undefined) continue;
    if (number <= rolledTypes) tally(entry(counts, number), key, at.getTime());
    if (typeof currency !== 'string' || typeof total !== 'number') continue;
    const sum = await layout.sum(type, currency);
    if (!sum?.exact) continue;
    const of = entry(totals, sum.number);
    const one = of.get(key) ?? { key, sum: 0, count: 0 };
    of.set(key, { key, sum: one.sum + (wholeNumber(total) ?? 0), count: one.count + 1 });
  }
  const customers = tableIn(catalog, 'customers');
  for (const [number, tallies] of counts) {
    const table = await staged(connection, 'stage_counts', countColumns, (sink) => {
      for (const { key, count, first, last } of tallies.values()) {
        sink.set(0, key);
        sink.set(1, count);
        sink.set(2, wholeNumber(first));
        sink.set(3, wholeNumber(last));
        sink.next();
      }
    });
    const [n, f, l] = [`n_${number}`, `f_${number}`, `l_${number}`];
    await connection.run(
      `UPDATE ${customers} u SET ${n} = u.${n} + s.n, ${f} = least(u.${f}, s.f), ${l} = greatest(u.${l}, s.l)
       FROM ${table} s WHERE u.c = s.c`,
    );
  }
  for (const [number, sums] of totals) {
    const table = await staged(connection, 'stage_sums', sumColumns, (sink) => {
      for (const { key, sum, count } of sums.values()) {
        sink.set(0, key);
        sink.set(1, sum);
        sink.set(2, count);
        sink.next();
      }
    });
    const [s, m] = [`s_${number}`, `m_${number}`];
    await connection.run(
      `UPDATE ${customers} u SET ${s} = u.${s} + x.s, ${m} = u.${m} + x.m FROM ${table} x WHERE u.c = x.c`,
    );
  }
}

const countColumns: readonly SqlColumn[] = [
  { name: 'c', type: 'INTEGER' },
  { name: 'n', type: 'INTEGER' },
  { name: 'f', type: 'BIGINT' },
  { name: 'l', type: 'BIGINT' },
];
const sumColumns: readonly SqlColumn[] = [
  { name: 'c', type: 'INTEGER' },
  { name: 's', type: 'BIGINT' },
  { name: 'm', type: 'INTEGER' },
];

function entry<V>(map: Map<number, Map<number, V>>, number: number): Map<number, V> {
  const known = map.get(number);
  if (known) return known;
  const made = new Map<number, V>();
  map.set(number, made);
  return made;
}

function tally(of: Map<number, Tally>, key: number, instant: number): void {
  const known = of.get(key);
  if (!known) {
    of.set(key, { key, count: 1, first: instant, last: instant });
    return;
  }
  known.count++;
  if (instant < known.first) known.first = instant;
  if (instant > known.last) known.last = instant;
}
