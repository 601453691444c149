import type { DuckDBConnection, DuckDBListValue, DuckDBValue } from '@duckdb/node-api';
import { type CustomerId, type Cutoff, type RankQuestion, type ResolvedRule, rankPlace } from '@mini-crm/domain';
import type { AudiencePreview } from '../../segments/audience.ts';
import { type Layout, tableIn } from '../projection/layout.ts';
import type { Parameters } from './parameters.ts';
import { fractionOrder, rankValuesSql } from './rank-sql.ts';
import { countAlone, ruleToSql, sqlContext } from './rule-to-sql.ts';

/** What one reading of the columns says of an audience, with how many customers there are at all. */
export interface ColumnarPreview extends AudiencePreview {
  readonly total: number;
}

/** The questions of one reading, in the transaction of its connection. */
export interface ColumnQuestions {
  count(rule: ResolvedRule): Promise<number>;
  preview(rule: ResolvedRule, sampleSize: number): Promise<ColumnarPreview>;
  /** All at once, in ascending order. */
  ids(rule: ResolvedRule, after: CustomerId | null): Promise<CustomerId[]>;
  cutoff(question: RankQuestion): Promise<Cutoff | null>;
  includes(rule: ResolvedRule, id: CustomerId): Promise<boolean>;
}

/** Asks the projection in an attached database, by the layout that the connection's transaction sees (`readLayout`). */
export function columnQuestions(connection: DuckDBConnection, catalog: string, layout: Layout): ColumnQuestions {
  const scope = { catalog, layout };
  const customers = tableIn(catalog, 'customers');
  const rows = async (sql: string, { values, types }: Parameters): Promise<DuckDBValue[][]> =>
    (await connection.runAndReadAll(sql, [...values], [...types])).getRows();

  /** The ids of customers by their keys, which are numbers of our own making. */
  async function idsOf(keys: readonly number[]): Promise<CustomerId[]> {
    if (keys.length === 0) return [];
    const list = keys.map((key) => Math.trunc(key));
    // The range lets DuckDB pass over what lies outside of it; a list alone does not.
    const range = `k.c >= ${Math.min(...list)} AND k.c <= ${Math.max(...list)}`;
    const found = await connection.runAndReadAll(
      `SELECT k.id FROM ${customers} k WHERE ${range} AND k.c IN (${list.join(', ')})`,
    );
    return found
      .getRows()
      .map(([id]) => id as CustomerId)
      .sort();
  }

  return {
    async ids(rule, after) {
      const { condition, to } = ruleToSql(rule, scope);
      const behind = after === null ? '' : `AND k.id > ${to.text(after)}`;
      const members = await rows(`SELECT k.id FROM ${customers} k WHERE (${condition}) ${behind} ORDER BY k.id`, to);
      return members.map(([id]) => id as CustomerId);
    },

    async count(rule) {
      const alone = countAlone(rule, scope);
      if (alone) return Number((await rows(alone.number, alone.to))[0]?.[0]);
      const { condition, to } = ruleToSql(rule, scope);
      const [row] = await rows(`SELECT count(*) FROM ${customers} k WHERE ${condition}`, to);
      return Number(row?.[0]);
    },

    async preview(rule, sampleSize) {
      if (!Number.isSafeInteger(sampleSize)) throw new Error('A sample has a whole number of people');
      const { condition, to } = ruleToSql(rule, scope);
      // By keys, not by ids: an id is thirty characters, and all of them would be read for ten people.
      const sample = sampleSize > 0 ? `min(k.c, ${sampleSize})` : 'NULL';
      const [row = []] = await rows(
        `SELECT count(*), count(*) FILTER (k.email_ok), count(*) FILTER (k.sms_ok), ${sample},
                (SELECT count(*) FROM ${customers})
         FROM ${customers} k WHERE ${condition}`,
        to,
      );
      const [size, email, sms, keys, total] = row;
      const people = (keys as DuckDBListValue | null)?.items ?? [];
      return {
        size: Number(size),
        reach: { email: Number(email), sms: Number(sms) },
        sample: await idsOf(people as readonly number[]),
        total: Number(total),
      };
    },

    async cutoff(question) {
      const counting = sqlContext(scope);
      const counted = rankValuesSql(question.basis, counting);
      if (counted === null) return null;
      const [row] = await rows(`SELECT count(*) FROM (${counted})`, counting.to);
      const place = rankPlace(question, Number(row?.[0]));
      if (place === 0) return null;
      const context = sqlContext(scope);
      const values = rankValuesSql(question.basis, context);
      const order = fractionOrder({ n: 'v.n', d: 'v.d' }, question.direction === 'top' ? 'DESC' : 'ASC');
      const sql = `SELECT v.n, v.d FROM (${values}) v ORDER BY ${order} LIMIT 1 OFFSET ${place - 1}`;
      const [last] = await rows(sql, context.to);
      return last ? { n: Number(last[0]), d: Number(last[1]) } : null;
    },

    async includes(rule, id) {
      const keyed = sqlContext(scope);
      const [found] = await rows(`SELECT k.c FROM ${customers} k WHERE k.id = ${keyed.to.text(id)}`, keyed.to);
      if (!found) return false;
      const only = found[0] as number;
      const { condition, to } = ruleToSql(rule, { ...scope, only });
      const [row] = await rows(`SELECT count(*) FROM ${customers} k WHERE k.c = ${only} AND (${condition})`, to);
      return Number(row?.[0]) === 1;
    },
  };
}
