import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  type DuckDBVector,
  INTEGER,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api';
import { textForms } from './encode.ts';
import type { SqlColumn } from './layout.ts';

const chunkRows = 2048;

const types: Readonly<Record<string, DuckDBType>> = {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  INTEGER,
  VARCHAR,
  'VARCHAR[]': LIST(VARCHAR),
};

/** The type of a column, for chunks and parameters. */
function duckType(name: string): DuckDBType {
  const type = types[name];
  if (!type) throw new Error(`No column type ${name}`);
  return type;
}

/** Where rows of one table are put, column by column. */
export interface RowSink {
  /** Sets a value of the current row; what is not set is null. Numbers are plain, lists are arrays of texts. */
  set(column: number, value: unknown): void;
  /** Sets the two columns of a text, or the one of its code. */
  text(column: number, text: string): void;
  /** Whether texts are written as codes. */
  readonly isCoded: boolean;
  /** The current row is complete. */
  next(): void;
  /** All rows go to the table. The sink can't be used any more. */
  close(): void;
}

export interface Target {
  readonly catalog: string;
  readonly table: string;
  /** Gives texts codes where the table has these instead of texts. */
  readonly codeOf?: (text: string) => number;
}

/** Appends rows to a table whose columns are exactly these, in its order, within the connection's transaction. */
export async function rowSink(
  connection: DuckDBConnection,
  { catalog, table, codeOf }: Target,
  columns: readonly SqlColumn[],
): Promise<RowSink> {
  const appender: DuckDBAppender = await connection.createAppender(table, 'main', catalog);
  const duckTypes = columns.map(({ type }) => duckType(type));
  const buffers = columns.map(({ type }) => bufferOf(type));
  let row = 0;

  function flush(): void {
    if (row === 0) return;
    const chunk = DuckDBDataChunk.create(duckTypes, row);
    for (let i = 0; i < buffers.length; i++) buffers[i]?.fill(chunk.getColumnVector(i), row);
    appender.appendDataChunk(chunk);
    row = 0;
  }

  function set(column: number, value: unknown): void {
    if (value !== null && value !== undefined) buffers[column]?.set(row, value);
  }

  return {
    set,
    isCoded: codeOf !== undefined,
    text(column, text) {
      if (codeOf) {
        set(column, codeOf(text));
        return;
      }
      const [folded, composed] = textForms(text);
      set(column, folded);
      set(column + 1, composed);
    },
    next() {
      row++;
      if (row === chunkRows) flush();
    },
    close() {
      flush();
      appender.flushSync();
      appender.closeSync();
    },
  };
}

/** The values of one column of a chunk; what is not set is null. */
interface Buffer {
  set(row: number, value: unknown): void;
  /** Moves the first rows into a vector. */
  fill(vector: DuckDBVector, rows: number): void;
}

function bufferOf(type: string): Buffer {
  switch (type) {
    case 'DOUBLE':
    case 'INTEGER':
      return numberBuffer((value) => value);
    case 'BIGINT':
      return numberBuffer(BigInt);
    case 'VARCHAR[]':
      return valueBuffer((value) => listValue(value as string[]));
    default:
      return valueBuffer((value) => value as DuckDBValue);
  }
}

/** Numbers in an array of their own: in one of values each would be an object, of which a load makes a hundred million. */
function numberBuffer(convert: (value: number) => DuckDBValue): Buffer {
  const numbers = new Float64Array(chunkRows).fill(Number.NaN);
  let isUsed = false;
  return {
    set(row, value) {
      numbers[row] = value as number;
      isUsed = true;
    },
    fill(vector, rows) {
      for (let i = 0; i < rows; i++) {
        const value = numbers[i] as number;
        vector.setItem(i, Number.isNaN(value) ? null : convert(value));
      }
      vector.flush();
      if (isUsed) numbers.fill(Number.NaN);
      isUsed = false;
    },
  };
}

function valueBuffer(convert: (value: unknown) => DuckDBValue): Buffer {
  const values: (DuckDBValue | null)[] = new Array(chunkRows).fill(null);
  let isUsed = false;
  return {
    set(row, value) {
      values[row] = convert(value);
      isUsed = true;
    },
    fill(vector, rows) {
      for (let i = 0; i < rows; i++) vector.setItem(i, values[i] ?? null);
      vector.flush();
      if (isUsed) values.fill(null);
      isUsed = false;
    },
  };
}
