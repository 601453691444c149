import type { DuckDBConnection } from '@duckdb/node-api';

/** Raised with every change of what the tables hold; a file of another version is made anew. */
export const layoutVersion = 1;

/** What a value is by itself, whatever a catalogue says: a type that changed leaves its old values in their own columns. */
export type Kind = 'text' | 'number' | 'boolean' | 'instant' | 'money' | 'list';

/**
 * A generated column, `a_1` or `p_1`. Texts and lists are folded, with a second column `.._c` for the composed form where that
 * is another; money is an amount with the currency in the second; numbers are whole ten-thousandths, instants are ms.
 */
export interface ValueColumn {
  readonly name: string;
  readonly kind: Kind;
  /** Its place among the generated columns of its table. */
  readonly number: number;
}

/** Whose fields generated columns hold: attributes of customers, properties of events. */
export type Owner = 'customer' | 'event';

export const valueColumn = (owner: Owner, kind: Kind, number: number): ValueColumn => ({
  name: `${owner === 'customer' ? 'a' : 'p'}_${number}`,
  kind,
  number,
});

/** Generated columns in the order in which they stand in their table. */
export const inOrder = (columns: ReadonlyMap<string, readonly ValueColumn[]>): ValueColumn[] =>
  [...columns.values()].flat().sort((a, b) => a.number - b.number);

/** An event type and its roll-up columns of customers: `n_1` events, the first at `f_1`, the last at `l_1`. */
export interface TypeColumns {
  readonly number: number;
  /** No event of the type is later; there need not be one so late. */
  readonly latest: number;
}

/** The sum (`s_1`) of a type's totals in one currency and how many they are (`m_1`). */
export interface SumColumns {
  readonly number: number;
  /** False where a total was too large to be added up in 64 bits. */
  readonly exact: boolean;
}

/** What the generated columns mean. Read in the transaction that uses it. */
export interface Layout {
  readonly attributes: ReadonlyMap<string, readonly ValueColumn[]>;
  readonly properties: ReadonlyMap<string, readonly ValueColumn[]>;
  readonly types: ReadonlyMap<string, TypeColumns>;
  /** By `sumKey`. */
  readonly sums: ReadonlyMap<string, SumColumns>;
  /** Every year (UTC) in which a stored instant lies. */
  readonly years: ReadonlySet<number>;
}

export const sumKey = (type: string, currency: string): string => `${type} ${currency}`;

/** Only so many types and sums have roll-ups; what comes later is counted from the events. */
export const rolledTypes = 64;
export const rolledSums = 64;

/** The fixed texts of a customer and the columns of their folded form; `.._c` is the composed one where it is another. */
export const textFields = {
  externalId: 'external_id',
  email: 'email',
  phone: 'phone',
  firstName: 'first_name',
  lastName: 'last_name',
  timeZone: 'time_zone',
  locale: 'locale',
} as const;

export const secondOf = (name: string): string => `${name}_c`;

const sqlTypes: Readonly<Record<Kind, readonly [string, string?]>> = {
  text: ['VARCHAR', 'VARCHAR'],
  number: ['BIGINT'],
  boolean: ['BOOLEAN'],
  instant: ['BIGINT'],
  money: ['BIGINT', 'VARCHAR'],
  list: ['VARCHAR[]', 'VARCHAR[]'],
};

/** A column as DuckDB is told of it. */
export interface SqlColumn {
  readonly name: string;
  readonly type: string;
}

/** The one or two columns that hold values of a kind. */
export function columnsOf({ name, kind }: Pick<ValueColumn, 'name' | 'kind'>): SqlColumn[] {
  const [type, second] = sqlTypes[kind];
  return second === undefined
    ? [{ name, type }]
    : [
        { name, type },
        { name: secondOf(name), type: second },
      ];
}

export const customerColumns: readonly SqlColumn[] = [
  { name: 'c', type: 'INTEGER' },
  { name: 'id', type: 'VARCHAR' },
  ...Object.values(textFields).flatMap((name) => columnsOf({ name, kind: 'text' })),
  { name: 'created', type: 'BIGINT' },
  { name: 'consent_email', type: 'VARCHAR' },
  { name: 'consent_sms', type: 'VARCHAR' },
];

/** Whether marketing reaches them on the channel; kept by the writers. */
export const reachColumns: readonly SqlColumn[] = [
  { name: 'email_ok', type: 'BOOLEAN' },
  { name: 'sms_ok', type: 'BOOLEAN' },
];

export const eventColumns: readonly SqlColumn[] = [
  { name: 'e', type: 'BIGINT' },
  { name: 'id', type: 'VARCHAR' },
  { name: 'c', type: 'INTEGER' },
  { name: 't', type: 'INTEGER' },
  { name: 'ms', type: 'BIGINT' },
  { name: 'currency_f', type: 'VARCHAR' },
  { name: 'currency', type: 'VARCHAR' },
  { name: 'total', type: 'BIGINT' },
];

/** What lines share with their event is written beside them; only its properties have to be looked up by `e`. */
export const lineColumns: readonly SqlColumn[] = [
  { name: 'e', type: 'BIGINT' },
  { name: 'n', type: 'INTEGER' },
  { name: 'c', type: 'INTEGER' },
  { name: 't', type: 'INTEGER' },
  { name: 'ms', type: 'BIGINT' },
  { name: 'currency_f', type: 'VARCHAR' },
  { name: 'currency', type: 'VARCHAR' },
  { name: 'total', type: 'BIGINT' },
  ...['product', 'name', 'category'].flatMap((name) => columnsOf({ name, kind: 'text' })),
  { name: 'quantity', type: 'BIGINT' },
  { name: 'price', type: 'BIGINT' },
  { name: 'amount', type: 'BIGINT' },
];

export const deliveryColumns: readonly SqlColumn[] = [
  { name: 'id', type: 'VARCHAR' },
  { name: 'c', type: 'INTEGER' },
  { name: 'campaign', type: 'VARCHAR' },
  { name: 'sent', type: 'BOOLEAN' },
  ...['ms', 'delivered', 'bounced', 'opened', 'clicked', 'machine_opened', 'machine_clicked', 'unsubscribed'].map(
    (name) => ({ name, type: 'BIGINT' }),
  ),
];

export const suppressionColumns: readonly SqlColumn[] = [
  { name: 'id', type: 'VARCHAR' },
  { name: 'channel', type: 'VARCHAR' },
  { name: 'address', type: 'VARCHAR' },
];

export const memberColumns: readonly SqlColumn[] = [
  { name: 'id', type: 'VARCHAR' },
  { name: 'segment', type: 'VARCHAR' },
  { name: 'c', type: 'INTEGER' },
];

/** A name as SQL writes it. Only names of our own making come here. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const tableIn = (catalog: string, table: string): string => `${quoted(catalog)}.main.${table}`;

export const definition = (columns: readonly SqlColumn[]): string =>
  columns.map(({ name, type }) => `${name} ${type}`).join(', ');

/** Makes the empty tables of an organization in an attached database. */
export async function createTables(connection: DuckDBConnection, catalog: string): Promise<void> {
  const tables: Readonly<Record<string, string>> = {
    meta: 'key VARCHAR, value VARCHAR',
    value_columns: 'owner VARCHAR, field VARCHAR, kind VARCHAR, number INTEGER',
    event_types: 'name VARCHAR, number INTEGER, latest BIGINT',
    sums: 'type VARCHAR, currency VARCHAR, number INTEGER, exact BOOLEAN',
    years: 'year INTEGER',
    customers: definition([...customerColumns, ...reachColumns]),
    events: definition(eventColumns),
    lines: definition(lineColumns),
    deliveries: definition(deliveryColumns),
    suppressions: definition(suppressionColumns),
    members: definition(memberColumns),
  };
  for (const [name, columns] of Object.entries(tables)) {
    await connection.run(`CREATE TABLE ${tableIn(catalog, name)} (${columns})`);
  }
}

/** Reads what the columns mean, in the connection's transaction. One statement, as every question begins with it. */
export async function readLayout(connection: DuckDBConnection, catalog: string): Promise<Layout> {
  const from = (table: string) => `FROM ${tableIn(catalog, table)}`;
  const rows = await connection.runAndReadAll(
    `SELECT * FROM (
       SELECT owner AS what, field AS name, kind AS more, number, NULL::BIGINT AS latest, NULL::BOOLEAN AS exact ${from('value_columns')}
       UNION ALL SELECT 'type', name, NULL, number, latest, NULL ${from('event_types')}
       UNION ALL SELECT 'sum', type, currency, number, NULL, exact ${from('sums')}
       UNION ALL SELECT 'year', NULL, NULL, year, NULL, NULL ${from('years')}
     )`,
  );
  const attributes = new Map<string, ValueColumn[]>();
  const properties = new Map<string, ValueColumn[]>();
  const types = new Map<string, TypeColumns>();
  const sums = new Map<string, SumColumns>();
  const years = new Set<number>();
  const found = rows.getRows() as [string, string, string, number, bigint, boolean][];
  // Sorted here, which for some rows is cheaper than to have it planned.
  for (const [what, name, more, number, latest, exact] of found.sort((one, other) => one[3] - other[3])) {
    if (what === 'type') types.set(name, { number, latest: Number(latest) });
    else if (what === 'sum') sums.set(sumKey(name, more), { number, exact });
    else if (what === 'year') years.add(number);
    else {
      const of = what === 'customer' ? attributes : properties;
      of.set(name, [...(of.get(name) ?? []), valueColumn(what as Owner, more as Kind, number)]);
    }
  }
  return { attributes, properties, types, sums, years };
}
