import type { DuckDBConnection } from '@duckdb/node-api';
import { suppressingScopes } from '@mini-crm/domain';
import { BSON } from 'mongodb';
import { byteDictionary } from './byte-dictionary.ts';
import { customerWriter, documentColumns, prepareAttributes } from './customer-rows.ts';
import { allEventColumns, eventWriter, prepareEvents } from './event-rows.ts';
import {
  columnsOf,
  customerColumns,
  definition,
  deliveryColumns,
  eventColumns,
  inOrder,
  lineColumns,
  memberColumns,
  quoted,
  rolledTypes,
  type SqlColumn,
  suppressionColumns,
  tableIn,
} from './layout.ts';
import { type LayoutWriter, layoutWriter, sumColumns, typeColumns } from './layout-writer.ts';
import { deliveryWriter, memberWriter, suppressionWriter } from './other-rows.ts';
import type { EventRow, ProjectionLoader } from './projection.ts';
import { reachSql } from './reach-sql.ts';
import { allRollups, guardSums } from './rollups.ts';
import { type RowSink, rowSink } from './row-sink.ts';
import { savePosition } from './saved-position.ts';
import { storedEventWriter } from './stored-events.ts';
import { codeColumns, codedColumns, decoded, textCodes } from './text-codes.ts';

/** Fills the empty tables of a projection. Customers' keys are kept in memory until it is finished. */
export function projectionLoader(connection: DuckDBConnection, catalog: string): ProjectionLoader {
  const table = (name: string) => tableIn(catalog, name);
  const keys = byteDictionary();
  const open = new Map<string, RowSink>();
  const codes = textCodes();
  let events = 0;
  let started: Promise<LayoutWriter> | null = null;
  let storedWriter: ReturnType<typeof storedEventWriter> | null = null;

  async function start(): Promise<LayoutWriter> {
    // They are filled in the order of the source and then sorted into the tables themselves.
    await connection.run(`CREATE TABLE ${table('load_customers')} (${definition(customerColumns)})`);
    await connection.run(`CREATE TABLE ${table('load_events')} (${definition(codedColumns(eventColumns))})`);
    await connection.run(`CREATE TABLE ${table('load_lines')} (${definition(codedColumns(lineColumns))})`);
    await connection.run(`CREATE TABLE ${table('load_texts')} (${definition(codeColumns)})`);
    return layoutWriter(connection, catalog, {
      customers: 'load_customers',
      events: 'load_events',
      columnsOf: (owner, column) => (owner === 'event' ? codedColumns(columnsOf(column)) : columnsOf(column)),
      rollups: null,
      beforeChange: close,
    });
  }
  const layoutOf = (): Promise<LayoutWriter> => {
    started ??= start();
    return started;
  };

  async function sinkOf(
    name: string,
    columns: readonly SqlColumn[],
    codeOf?: (text: string) => number,
  ): Promise<RowSink> {
    const known = open.get(name);
    if (known) return known;
    const sink = await rowSink(connection, { catalog, table: name, ...(codeOf ? { codeOf } : {}) }, columns);
    open.set(name, sink);
    return sink;
  }
  function close(name: string): void {
    open.get(name)?.close();
    open.delete(name);
  }

  /** The key of a customer; undefined for nobody of ours. */
  function keyOf(id: string): number | undefined {
    const bytes = Buffer.from(id);
    const key = keys.find(bytes, 0, bytes.length);
    return key < 0 ? undefined : key;
  }
  async function eventSinks() {
    const layout = await layoutOf();
    codes.to ??= await sinkOf('load_texts', codeColumns);
    return {
      events: await sinkOf('load_events', codedColumns(allEventColumns(layout)), codes.of),
      lines: await sinkOf('load_lines', codedColumns(lineColumns), codes.of),
    };
  }

  async function writeEvents(documents: readonly EventRow[]): Promise<void> {
    const layout = await layoutOf();
    await prepareEvents(documents, layout);
    await guardSums(documents, layout);
    const sinks = await eventSinks();
    const write = eventWriter(layout);
    for (const document of documents) {
      const key = keyOf(document.customerId);
      if (key !== undefined) write(sinks, document, key, events++);
    }
    // What it knows of types and properties may be less than there is now.
    storedWriter = null;
  }

  return {
    async customers(documents) {
      const layout = await layoutOf();
      await prepareAttributes(documents, layout);
      const sink = await sinkOf('load_customers', documentColumns(layout));
      const write = customerWriter(layout);
      for (const document of documents) {
        const id = Buffer.from(document._id);
        if (keys.find(id, 0, id.length) < 0) write(sink, document, keys.add(id, 0, id.length));
      }
    },

    events: writeEvents,

    async storedEvents(documents) {
      storedWriter ??= storedEventWriter(await layoutOf(), { keys, codeOf: codes.ofBytes, ...(await eventSinks()) });
      const uncommon: EventRow[] = [];
      for (const document of documents) {
        const answer = storedWriter(document, events);
        if (answer === 'written') events++;
        else if (answer === 'uncommon') uncommon.push(BSON.deserialize(document) as EventRow);
      }
      if (uncommon.length > 0) await writeEvents(uncommon);
    },

    async deliveries(documents) {
      const write = deliveryWriter(await layoutOf());
      const sink = await sinkOf('deliveries', deliveryColumns);
      for (const document of documents) {
        const key = keyOf(document.customerId);
        if (key !== undefined) write(sink, document, key);
      }
    },

    async suppressions(documents) {
      const sink = await sinkOf('suppressions', suppressionColumns);
      const scopes = suppressingScopes('marketing');
      for (const document of documents) if (scopes.includes(document.scope)) suppressionWriter(sink, document);
    },

    async members(documents) {
      const sink = await sinkOf('members', memberColumns);
      for (const document of documents) {
        const key = keyOf(document.customerId);
        if (key !== undefined) memberWriter(sink, document, key);
      }
    },

    async finish(position) {
      const layout = await layoutOf();
      for (const name of [...open.keys()]) close(name);
      keys.clear();
      await layout.flush();
      await fillEvents(connection, catalog, layout);
      await fillCustomers(connection, catalog, layout);
      await savePosition(connection, catalog, position);
      await connection.run(`CHECKPOINT ${quoted(catalog)}`);
    },
  };
}

/** Events and lines by type and time, so that a window reads only what lies in it. */
async function fillEvents(connection: DuckDBConnection, catalog: string, writer: LayoutWriter): Promise<void> {
  for (const { name, type } of inOrder(writer.layout.properties).flatMap(columnsOf)) {
    await connection.run(`ALTER TABLE ${tableIn(catalog, 'events')} ADD COLUMN ${name} ${type}`);
  }
  for (const [name, columns] of [
    ['events', allEventColumns(writer)],
    ['lines', lineColumns],
  ] as const) {
    await connection.run(`INSERT INTO ${tableIn(catalog, name)} ${decoded(catalog, `load_${name}`, columns)}`);
    await connection.run(`DROP TABLE ${tableIn(catalog, `load_${name}`)}`);
  }
  await connection.run(`DROP TABLE ${tableIn(catalog, 'load_texts')}`);
}

/** Customers in the order of their ids, with what their events add up to and whether they can be reached. */
async function fillCustomers(connection: DuckDBConnection, catalog: string, writer: LayoutWriter): Promise<void> {
  const { types, sums } = writer.layout;
  const customers = tableIn(catalog, 'customers');
  const added = [
    ...inOrder(writer.layout.attributes)
      .flatMap(columnsOf)
      .map(({ name, type }) => [name, type] as const),
    ...[...types.values()].filter(({ number }) => number <= rolledTypes).flatMap(({ number }) => typeColumns(number)),
    ...[...sums.values()].flatMap(({ number }) => sumColumns(number)),
  ];
  for (const [name, type] of added) await connection.run(`ALTER TABLE ${customers} ADD COLUMN ${name} ${type}`);
  const names = documentColumns(writer).map(({ name }) => name);
  const rollups = allRollups(writer, tableIn(catalog, 'events'));
  const zero = (name: string) => (/^[nsm]_/.test(name) ? `coalesce(r.${name}, 0)` : `r.${name}`);
  await connection.run(
    `INSERT INTO ${customers} (${[...names, 'email_ok', 'sms_ok', ...(rollups?.columns ?? [])].join(', ')})
     SELECT ${names.map((name) => `k.${name}`).join(', ')}, ${reachSql(catalog, 'email')}, ${reachSql(catalog, 'sms')}
       ${(rollups?.columns ?? []).map((name) => `, ${zero(name)}`).join('')}
     FROM ${tableIn(catalog, 'load_customers')} k ${rollups ? `LEFT JOIN (${rollups.sql}) r ON r.c = k.c` : ''} ORDER BY k.id`,
  );
  await connection.run(`DROP TABLE ${tableIn(catalog, 'load_customers')}`);
}
