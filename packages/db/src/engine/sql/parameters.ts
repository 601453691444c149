import { BIGINT, type DuckDBType, type DuckDBValue, HUGEINT, LIST, listValue, VARCHAR } from '@duckdb/node-api';

/** The values of a statement in the making. Each method takes one in and gives the SQL that stands for it. */
export interface Parameters {
  readonly values: readonly DuckDBValue[];
  readonly types: readonly DuckDBType[];
  text(value: string): string;
  /** A whole number. */
  integer(value: number | bigint): string;
  texts(values: readonly string[]): string;
  integers(values: readonly (number | bigint)[]): string;
}

const longest = 2n ** 63n;

export function parameters(): Parameters {
  const values: DuckDBValue[] = [];
  const types: DuckDBType[] = [];
  const add = (value: DuckDBValue, type: DuckDBType, name: string): string => {
    values.push(value);
    types.push(type);
    return `$${values.length}::${name}`;
  };
  const fits = (value: bigint): boolean => value < longest && value >= -longest;
  return {
    values,
    types,
    text: (value) => add(value, VARCHAR, 'VARCHAR'),
    integer(value) {
      const whole = BigInt(value);
      return fits(whole) ? add(whole, BIGINT, 'BIGINT') : add(whole, HUGEINT, 'HUGEINT');
    },
    texts: (list) => add(listValue([...list]), LIST(VARCHAR), 'VARCHAR[]'),
    integers(list) {
      const whole = list.map(BigInt);
      return whole.every(fits)
        ? add(listValue(whole), LIST(BIGINT), 'BIGINT[]')
        : add(listValue(whole), LIST(HUGEINT), 'HUGEINT[]');
    },
  };
}
