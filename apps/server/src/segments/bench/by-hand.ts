import type { HandColumns, HandWritten } from '@mini-crm/db/testing';
import { fieldCatalogue, resolveRule } from '@mini-crm/domain';
import { benchRules } from './bench-rules.ts';
import { shopAttributes, shopEventTypes, shopProperties } from './made-up-shop.ts';

/*
 * The rules of the benchmark as somebody writes them in SQL who knows the tables and asks for a count, nothing else. `now` is the
 * start of the run; days begin at midnight in UTC, as the organization's do.
 */

const dayMs = 86_400_000;

/** The same questions as `benchRules`, by their names. */
export function handWritten(now: number): HandWritten[] {
  const fields = fieldCatalogue({ attributes: shopAttributes, eventTypes: shopEventTypes, properties: shopProperties });
  return inSql(now).map(({ name, sql }) => ({
    name,
    sql,
    rule(edit) {
      const root = benchRules.find((rule) => rule.name === name)?.root(edit);
      if (!root) throw new Error(`There is no rule ${name}`);
      const resolved = resolveRule({ version: 1, root }, { now, zone: 'UTC', fields });
      if (!resolved.ok) throw new Error(JSON.stringify(resolved.error));
      return resolved.value;
    },
  }));
}

function inSql(now: number): Omit<HandWritten, 'rule'>[] {
  const daysAgo = (days: number) => Math.floor(now / dayMs) * dayMs - days * dayMs;

  const r1 = ({ attribute, count, last, sum }: HandColumns, edit: number) => `
    ${attribute('city')} IN ('city 3', 'city 77', 'city ${100 + (edit % 100)}') AND ${sum('order', 'USD')} > ${20_000 + edit}
    AND ${count('order')} >= 3 AND ${last('order')} >= ${daysAgo(30)} AND ${last('order')} < ${now}`;

  const r3 = ({ type }: HandColumns, edit: number) => `
    SELECT c FROM lines
    WHERE t = ${type('order')} AND ms >= ${daysAgo(90)} AND ms < ${now}
      AND (product = 'p${edit % 50}' OR category = 'category 7')
    GROUP BY c HAVING count(*) >= 3 AND sum(amount) FILTER (currency = 'USD') > ${10_000 + edit}`;

  const r4 = ({ type, property }: HandColumns, edit: number) => `
    SELECT cart.c FROM
      (SELECT c, max(ms) AS ms FROM events
       WHERE t = ${type('cart_added')} AND ms >= ${daysAgo(7)} AND ms < ${now} AND ${property('product')} <> 'p${edit}'
       GROUP BY c) cart
      LEFT JOIN
      (SELECT c, max(ms) AS ms FROM events
       WHERE t = ${type('order')} AND ms >= ${daysAgo(7)} AND ms < ${now} GROUP BY c) bought USING (c)
    WHERE bought.ms IS NULL OR bought.ms <= cart.ms`;

  const viewed = ({ type, property }: HandColumns, edit: number) =>
    `FROM events WHERE t = ${type('product_viewed')} AND ms < ${now} AND ${property('product')} <> 'p${edit}'`;

  return [
    { name: 'R1', sql: (column, edit) => `SELECT count(*) FROM customers WHERE ${r1(column, edit)}` },
    {
      name: 'R2',
      sql: ({ attribute }, edit) => `
        SELECT count(*) FROM customers
        WHERE (${attribute('plan')} = 'pro' OR list_has_any(${attribute('tags')}, ['vip', 'none ${edit}']))
          AND ${attribute('country')} IS DISTINCT FROM 'us' AND ${attribute('age')} BETWEEN 250000 AND 400000`,
    },
    { name: 'R3', sql: (column, edit) => `SELECT count(*) FROM (${r3(column, edit)})` },
    { name: 'R4', sql: (column, edit) => `SELECT count(*) FROM (${r4(column, edit)})` },
    {
      name: 'R5',
      sql: (column, edit) => `
        SELECT count(*) FROM customers
        WHERE ((${r1(column, edit)}) OR c IN (${r3(column, edit)})) AND c NOT IN (${r4(column, edit)})`,
    },
    {
      name: 'R6',
      sql: ({ attribute }, edit) => `
        SELECT count(*) FROM customers WHERE ${attribute('city')} <> 'nowhere ${edit}' AND consent_email = 'granted'`,
    },
    {
      name: 'whole history',
      sql: (column, edit) => `SELECT count(*) FROM (SELECT c ${viewed(column, edit)} GROUP BY c HAVING count(*) >= 5)`,
    },
    {
      name: 'distinct',
      sql: (column, edit) => `
        SELECT count(*) FROM
          (SELECT c ${viewed(column, edit)} GROUP BY c HAVING count(DISTINCT ${column.property('product')}) >= 4)`,
    },
    {
      name: 'sequence',
      sql: (column, edit) => `
        SELECT count(DISTINCT cart.c) FROM
          (SELECT c, ms FROM events WHERE t = ${column.type('cart_added')} AND ms < ${now}) cart
          ASOF JOIN (SELECT DISTINCT c, ms ${viewed(column, edit)}) view ON view.c = cart.c AND cart.ms > view.ms
        WHERE cart.ms - view.ms < ${7 * dayMs}`,
    },
  ];
}
