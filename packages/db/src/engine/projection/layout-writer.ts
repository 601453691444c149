import { BIGINT, type DuckDBConnection, INTEGER, LIST, listValue } from '@duckdb/node-api';
import { yearOf } from './encode.ts';
import {
  columnsOf,
  type Kind,
  type Layout,
  type Owner,
  readLayout,
  rolledSums,
  rolledTypes,
  type SqlColumn,
  type SumColumns,
  sumKey,
  type TypeColumns,
  tableIn,
  type ValueColumn,
  valueColumn,
} from './layout.ts';

/** The layout inside a writing transaction: grows with what comes in. */
export interface LayoutWriter {
  readonly layout: Layout;
  /** The column of a field's values of one kind, made where it is the first of them. */
  column(owner: Owner, field: string, kind: Kind): Promise<ValueColumn>;
  type(name: string): Promise<TypeColumns>;
  /** The sum of a type's totals in a currency; null where there are too many to have roll-ups. */
  sum(type: string, currency: string): Promise<SumColumns | null>;
  /** The sum can't be trusted any more. */
  giveUpSum(type: string, currency: string): Promise<void>;
  /** An instant is stored. */
  sawInstant(instant: number): void;
  /** An event of a type is stored. */
  sawEvent(type: string, instant: number): void;
  /** Writes down what was seen. */
  flush(): Promise<void>;
}

interface Tables {
  /** Where generated columns are added: the tables themselves, or those that a first load fills. */
  readonly customers: string;
  readonly events: string;
  /** The columns that a generated one is where they are added. */
  readonly columnsOf?: (owner: Owner, column: ValueColumn) => SqlColumn[];
  /** Where roll-ups are; null while they are not kept yet. */
  readonly rollups: string | null;
  /** A table is about to get a column: nothing may be open on it. */
  readonly beforeChange?: (table: string) => void;
}

export async function layoutWriter(
  connection: DuckDBConnection,
  catalog: string,
  tables: Tables,
): Promise<LayoutWriter> {
  const stored = await readLayout(connection, catalog);
  const attributes = new Map(stored.attributes);
  const properties = new Map(stored.properties);
  const types = new Map(stored.types);
  const sums = new Map(stored.sums);
  const years = new Set(stored.years);
  const layout: Layout = { attributes, properties, types, sums, years };
  const newYears = new Set<number>();
  const raised = new Map<string, number>();
  const table = (name: string) => tableIn(catalog, name);
  const addColumn = (to: string, name: string, type: string) =>
    connection.run(`ALTER TABLE ${table(to)} ADD COLUMN ${name} ${type}`);

  function sawInstant(instant: number): void {
    const year = yearOf(instant);
    if (years.has(year)) return;
    years.add(year);
    newYears.add(year);
  }

  return {
    layout,
    async column(owner, field, kind) {
      const of = owner === 'customer' ? attributes : properties;
      const columns = of.get(field) ?? [];
      const known = columns.find((candidate) => candidate.kind === kind);
      if (known) return known;
      const number = [...of.values()].reduce((sum, some) => sum + some.length, 0) + 1;
      const column = valueColumn(owner, kind, number);
      const to = owner === 'customer' ? tables.customers : tables.events;
      tables.beforeChange?.(to);
      for (const { name, type } of (tables.columnsOf ?? ((_, one) => columnsOf(one)))(owner, column)) {
        await addColumn(to, name, type);
      }
      await connection.run(`INSERT INTO ${table('value_columns')} VALUES ($1, $2, $3, $4)`, [
        owner,
        field,
        kind,
        number,
      ]);
      of.set(field, [...columns, column]);
      return column;
    },
    async type(name) {
      const known = types.get(name);
      if (known) return known;
      const type = { number: types.size + 1, latest: Number.MIN_SAFE_INTEGER };
      if (tables.rollups !== null && type.number <= rolledTypes) {
        for (const [column, of] of typeColumns(type.number)) await addColumn(tables.rollups, column, of);
      }
      await connection.run(
        `INSERT INTO ${table('event_types')} VALUES ($1, $2, $3)`,
        [name, type.number, BigInt(type.latest)],
        [undefined, INTEGER, BIGINT] as never,
      );
      types.set(name, type);
      return type;
    },
    async sum(type, currency) {
      const key = sumKey(type, currency);
      const known = sums.get(key);
      if (known) return known;
      if (sums.size >= rolledSums) return null;
      const sum = { number: sums.size + 1, exact: true };
      if (tables.rollups !== null) {
        for (const [column, of] of sumColumns(sum.number)) await addColumn(tables.rollups, column, of);
      }
      await connection.run(`INSERT INTO ${table('sums')} VALUES ($1, $2, $3, true)`, [type, currency, sum.number]);
      sums.set(key, sum);
      return sum;
    },
    async giveUpSum(type, currency) {
      const known = sums.get(sumKey(type, currency));
      if (!known?.exact) return;
      sums.set(sumKey(type, currency), { ...known, exact: false });
      await connection.run(`UPDATE ${table('sums')} SET exact = false WHERE number = $1`, [known.number]);
    },
    sawInstant,
    sawEvent(name, instant) {
      sawInstant(instant);
      const latest = raised.get(name) ?? types.get(name)?.latest ?? Number.MIN_SAFE_INTEGER;
      if (instant > latest) raised.set(name, instant);
    },
    async flush() {
      if (newYears.size > 0) {
        await connection.run(
          `INSERT INTO ${table('years')} SELECT unnest($1)`,
          [listValue([...newYears])],
          [LIST(INTEGER)],
        );
        newYears.clear();
      }
      for (const [name, latest] of raised) {
        await connection.run(
          `UPDATE ${table('event_types')} SET latest = $1 WHERE name = $2`,
          [BigInt(latest), name],
          [BIGINT],
        );
      }
      raised.clear();
    },
  };
}

/** The roll-up columns of an event type, with their types. */
export const typeColumns = (number: number): [name: string, type: string][] => [
  [`n_${number}`, 'INTEGER DEFAULT 0'],
  [`f_${number}`, 'BIGINT'],
  [`l_${number}`, 'BIGINT'],
];

/** The roll-up columns of a sum, with their types. */
export const sumColumns = (number: number): [name: string, type: string][] => [
  [`s_${number}`, 'BIGINT DEFAULT 0'],
  [`m_${number}`, 'INTEGER DEFAULT 0'],
];
