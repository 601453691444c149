import { type DuckDBConnection, INTEGER, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { suppressingScopes } from '@mini-crm/domain';
import { customerWriter, documentColumns, prepareAttributes } from './customer-rows.ts';
import { unitOrdered } from './encode.ts';
import { allEventColumns, eventWriter, prepareEvents } from './event-rows.ts';
import { deliveryColumns, lineColumns, memberColumns, suppressionColumns, tableIn } from './layout.ts';
import type { LayoutWriter } from './layout-writer.ts';
import { deliveryWriter, memberWriter, suppressionWriter } from './other-rows.ts';
import type { CustomerRow, EventRow, ProjectionWriter } from './projection.ts';
import { reachSql } from './reach-sql.ts';
import { addToRollups, guardSums, recomputeRollups } from './rollups.ts';
import { rowSink } from './row-sink.ts';
import { savePosition } from './saved-position.ts';
import { customerKeys, deleteByTexts, latestBy, selectByTexts, staged } from './staging.ts';

/** Writes rows within the transaction that the connection is in. */
export function projectionWriter(
  connection: DuckDBConnection,
  catalog: string,
  layout: LayoutWriter,
): ProjectionWriter {
  const table = (name: string) => tableIn(catalog, name);
  const customers = table('customers');
  const numbers = { c: null as number | null, e: null as number | null };

  /** The next free integer key of a table. */
  async function nextNumber(of: 'c' | 'e'): Promise<number> {
    const known = numbers[of];
    if (known !== null) return known;
    const sql = `SELECT max(${of}) FROM ${of === 'c' ? customers : table('events')}`;
    const [row] = (await connection.runAndReadAll(sql)).getRows();
    return Number(row?.[0] ?? -1) + 1;
  }

  /** Rows by `c` in the other tables go, wherever they are. */
  const deleteByKeys = (name: string, keys: readonly number[]) =>
    connection.run(
      `DELETE FROM ${table(name)} WHERE c IN (SELECT unnest($1))`,
      [listValue([...keys])],
      [LIST(INTEGER)],
    );

  const setReach = `UPDATE ${customers} SET email_ok = ${reachSql(catalog, 'email')}, sms_ok = ${reachSql(catalog, 'sms')}`;

  async function updateReachOf(addresses: readonly string[]): Promise<void> {
    if (addresses.length === 0) return;
    await connection.run(
      `${setReach} WHERE email IN (SELECT unnest($1)) OR phone IN (SELECT unnest($1))`,
      [listValue([...addresses])],
      [LIST(VARCHAR)],
    );
  }

  /** By the range of the keys too, so that only the part of the table is read that they lie in. */
  const updateReachOfKeys = (keys: readonly number[]) =>
    connection.run(
      `${setReach} WHERE c >= ${least(keys)} AND c <= ${greatest(keys)} AND c IN (SELECT unnest($1))`,
      [listValue([...keys])],
      [LIST(INTEGER)],
    );

  async function removeEventsById(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const found = await selectByTexts(connection, `SELECT e, c FROM ${table('events')}`, 'id', ids);
    if (found.length === 0) return;
    const events = found.map(([e]) => e as bigint);
    for (const name of ['events', 'lines']) {
      await connection.run(`DELETE FROM ${table(name)} WHERE e IN (SELECT unnest($1))`, [listValue(events)]);
    }
    await recomputeRollups(
      connection,
      catalog,
      layout,
      found.map(([, c]) => c as number),
    );
  }

  async function insertEvents(documents: readonly EventRow[]): Promise<void> {
    const keys = await customerKeys(
      connection,
      catalog,
      documents.map(({ customerId }) => customerId),
    );
    const known = latestBy(documents, ({ eventId }) => eventId).filter(({ customerId }) => keys.has(customerId));
    if (known.length === 0) return;
    await prepareEvents(known, layout);
    await guardSums(known, layout);
    let e = await nextNumber('e');
    const events = await rowSink(connection, { catalog, table: 'events' }, allEventColumns(layout));
    const lines = await rowSink(connection, { catalog, table: 'lines' }, lineColumns);
    const write = eventWriter(layout);
    for (const document of known) write({ events, lines }, document, keys.get(document.customerId) as number, e++);
    events.close();
    lines.close();
    numbers.e = e;
    await addToRollups(connection, catalog, layout, known, keys);
  }

  async function writeCustomers(documents: readonly CustomerRow[], mayBeThere: boolean): Promise<void> {
    const latest = latestBy(documents, ({ _id }) => _id);
    if (latest.length === 0) return;
    await prepareAttributes(latest, layout);
    const ids = latest.map(({ _id }) => _id);
    const keys = mayBeThere ? await customerKeys(connection, catalog, ids) : new Map<string, number>();
    const columns = documentColumns(layout);
    let next = await nextNumber('c');
    const firstNew = next;
    const write = customerWriter(layout);
    const written: number[] = [];
    const stage = await staged(connection, 'stage_customers', columns, (sink) => {
      for (const document of latest) {
        const key = keys.get(document._id) ?? next++;
        written.push(key);
        write(sink, document, key);
      }
    });
    numbers.c = next;
    const names = columns.map(({ name }) => name);
    if (firstNew < next) {
      await connection.run(
        `INSERT INTO ${customers} (${names.join(', ')}) SELECT ${names.join(', ')} FROM ${stage} WHERE c >= ${firstNew} ORDER BY id`,
      );
    }
    if (keys.size > 0) {
      // An update of a list moves the whole row, so lists are only touched where they changed.
      const plain = columns.filter(({ name, type }) => name !== 'c' && name !== 'id' && !type.endsWith('[]'));
      await connection.run(
        `UPDATE ${customers} u SET ${plain.map(({ name }) => `${name} = s.${name}`).join(', ')}
         FROM ${stage} s WHERE u.c = s.c AND s.c < ${firstNew}`,
      );
      const lists = columns.filter(({ type }) => type.endsWith('[]')).map(({ name }) => name);
      if (lists.length > 0) {
        const changed = lists.map((name) => `u.${name} IS DISTINCT FROM s.${name}`).join(' OR ');
        await connection.run(
          `UPDATE ${customers} u SET ${lists.map((name) => `${name} = s.${name}`).join(', ')}
           FROM ${stage} s WHERE u.c = s.c AND s.c < ${firstNew} AND (${changed})`,
        );
      }
    }
    await updateReachOfKeys(written);
  }

  return {
    upsertCustomers: (documents) => writeCustomers(documents, true),
    insertCustomers: (documents) => writeCustomers(documents, false),

    async removeCustomers(ids) {
      const keys = [...(await customerKeys(connection, catalog, ids)).values()];
      if (keys.length === 0) return;
      for (const name of ['lines', 'events', 'deliveries', 'members', 'customers']) await deleteByKeys(name, keys);
    },

    insertEvents,

    async replaceEvents(documents) {
      await removeEventsById(documents.map(({ eventId }) => unitOrdered(eventId)));
      await insertEvents(documents);
    },

    async removeEvents(ids) {
      await removeEventsById(ids.map((id) => unitOrdered(id.slice(id.indexOf(':') + 1))));
    },

    async upsertDeliveries(documents) {
      const latest = latestBy(documents, ({ _id }) => _id);
      const keys = await customerKeys(
        connection,
        catalog,
        latest.map(({ customerId }) => customerId),
      );
      await deleteByTexts(
        connection,
        table('deliveries'),
        'id',
        latest.map(({ _id }) => _id),
      );
      const sink = await rowSink(connection, { catalog, table: 'deliveries' }, deliveryColumns);
      const write = deliveryWriter(layout);
      for (const document of latest) {
        const key = keys.get(document.customerId);
        if (key !== undefined) write(sink, document, key);
      }
      sink.close();
    },

    removeDeliveries: (ids) => deleteByTexts(connection, table('deliveries'), 'id', ids),

    async upsertSuppressions(documents) {
      const latest = latestBy(documents, ({ _id }) => _id);
      const ids = latest.map(({ _id }) => _id);
      const before = await addressesOf(ids);
      await deleteByTexts(connection, table('suppressions'), 'id', ids);
      const sink = await rowSink(connection, { catalog, table: 'suppressions' }, suppressionColumns);
      const scopes = suppressingScopes('marketing');
      for (const document of latest) if (scopes.includes(document.scope)) suppressionWriter(sink, document);
      sink.close();
      await updateReachOf([...before, ...latest.map(({ address }) => address)]);
    },

    async removeSuppressions(ids) {
      const addresses = await addressesOf(ids);
      await deleteByTexts(connection, table('suppressions'), 'id', ids);
      await updateReachOf(addresses);
    },

    async upsertMembers(documents) {
      const latest = latestBy(documents, ({ _id }) => _id);
      const keys = await customerKeys(
        connection,
        catalog,
        latest.map(({ customerId }) => customerId),
      );
      await deleteByTexts(
        connection,
        table('members'),
        'id',
        latest.map(({ _id }) => _id),
      );
      const sink = await rowSink(connection, { catalog, table: 'members' }, memberColumns);
      for (const document of latest) {
        const key = keys.get(document.customerId);
        if (key !== undefined) memberWriter(sink, document, key);
      }
      sink.close();
    },

    removeMembers: (ids) => deleteByTexts(connection, table('members'), 'id', ids),

    savePosition: (position) => savePosition(connection, catalog, position),
  };

  async function addressesOf(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await selectByTexts(connection, `SELECT address FROM ${table('suppressions')}`, 'id', ids);
    return rows.map(([address]) => address as string);
  }
}

const least = (keys: readonly number[]): number =>
  keys.reduce((least, key) => Math.min(least, key), Number.MAX_SAFE_INTEGER);
const greatest = (keys: readonly number[]): number => keys.reduce((greatest, key) => Math.max(greatest, key), -1);
