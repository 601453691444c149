import {
  BIGINT,
  BOOLEAN,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  listValue,
  SMALLINT,
  VARCHAR,
} from '@duckdb/node-api';
import type { SqlColumn } from './layout.ts';

const chunkRows = 2048;

const types: Readonly<Record<string, DuckDBType>> = {
  BIGINT,
  BOOLEAN,
  INTEGER,
  SMALLINT,
  VARCHAR,
  'VARCHAR[]': LIST(VARCHAR),
};

/** The type of a column, for chunks and parameters. */
export function duckType(name: string): DuckDBType {
  const type = types[name];
  if (!type) throw new Error(`No column type ${name}`);
  return type;
}

/** Where rows of one table are put, column by column. */
export interface RowSink {
  /** Sets a value of the current row; what is not set is null. Lists are arrays of texts. */
  set(column: number, value: unknown): void;
  /** The current row is complete. */
  next(): void;
  /** All rows go to the table. The sink can't be used any more. */
  close(): void;
  readonly rows: number;
}

export interface Target {
  readonly catalog: string;
  readonly table: string;
}

/** Appends rows to a table whose columns are exactly these, in its order, within the connection's transaction. */
export async function rowSink(
  connection: DuckDBConnection,
  { catalog, table }: Target,
  columns: readonly SqlColumn[],
): Promise<RowSink> {
  const appender: DuckDBAppender = await connection.createAppender(table, 'main', catalog);
  const duckTypes = columns.map(({ type }) => duckType(type));
  const values: (DuckDBValue | null)[][] = columns.map(() => new Array(chunkRows).fill(null));
  const used = columns.map(() => false);
  const isList = columns.map(({ type }) => type === 'VARCHAR[]');
  let row = 0;
  let rows = 0;

  function flush(): void {
    if (row === 0) return;
    const chunk = DuckDBDataChunk.create(duckTypes, row);
    values.forEach((column, i) => {
      chunk.setColumnValues(i, row === chunkRows ? column : column.slice(0, row));
      if (used[i]) column.fill(null);
      used[i] = false;
    });
    appender.appendDataChunk(chunk);
    row = 0;
  }

  return {
    set(column, value) {
      if (value === null || value === undefined) return;
      const of = values[column] as (DuckDBValue | null)[];
      of[row] = isList[column] ? listValue(value as string[]) : (value as DuckDBValue);
      used[column] = true;
    },
    next() {
      row++;
      rows++;
      if (row === chunkRows) flush();
    },
    close() {
      flush();
      appender.flushSync();
      appender.closeSync();
    },
    get rows() {
      return rows;
    },
  };
}
