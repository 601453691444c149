import { newId, toNewDocument } from '@mini-crm/db';
import type { SegmentId } from '@mini-crm/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { fillNext } from './list-filling.loop.ts';
import { readListFile } from './list-upload.ts';
import { historyRound } from './segment-history.loop.ts';

let server: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
let bob: typeof ann;
const ask = (path: string, input: object = {}, who = ann) => who.call(path, { orgId: who.orgId, ...input });
const db = (who = ann) => server.deps.database.forOrganization(who.orgId);
const going = new AbortController().signal;

const person = (externalId: string, email: string | null) => ({
  fields: {
    externalId,
    email,
    phone: null,
    firstName: null,
    lastName: null,
    timeZone: null,
    locale: null,
  },
  attributes: {},
  consents: {},
});

/** Adds customers `c0`, `c1` ... with an address each; answers their ids in order. */
async function customers(count: number, who = ann) {
  const documents = Array.from({ length: count }, (_, i) =>
    toNewDocument({ id: newId('customer'), ...person(`c${i}`, `c${i}@shop.example`) }, new Date()),
  );
  const owned = documents.map((document) => ({ ...document, orgId: who.orgId }));
  await server.deps.database.models.customers.collection.insertMany(owned);
  return documents.map(({ _id }) => _id);
}

beforeAll(async () => {
  server = await testApp();
});
afterAll(() => server.close());
beforeEach(async () => {
  ann = await server.owner();
  bob = await server.owner();
});

const upload = (url: string, text: string, who = ann) =>
  server.app.inject({
    method: 'PUT',
    url: `/api/o/${who.orgId}/segments/${url}`,
    headers: { cookie: who.cookie(), origin: server.deps.env.publicUrl, 'content-type': 'text/csv' },
    payload: text,
  });
const members = async (segmentId: string, who = ann) =>
  (await ask('segments.members', { segmentId }, who)).data.items
    .map((one: { externalId: string }) => one.externalId)
    .sort();
const list = async (name: string, customerIds: readonly string[]): Promise<string> =>
  (await ask('segments.createList', { name, description: '', customerIds })).data.segment.id;
const everyone = { version: 1, root: { type: 'everyone' } };

describe('a list', () => {
  test('is made of a selection, without whom there is not or who is somebody else’s', async () => {
    const [first, second] = await customers(2);
    const [theirs] = await customers(1, bob);
    const made = await ask('segments.createList', {
      name: 'Fair visitors',
      description: 'Met in Hall 3',
      customerIds: [first, second, first, theirs, newId('customer')],
    });
    expect(made.data).toMatchObject({ added: 2, segment: { kind: 'static', name: 'Fair visitors', filling: null } });
    const segmentId = made.data.segment.id;
    expect(await members(segmentId)).toEqual(['c0', 'c1']);
    expect((await ask('segments.size', { segmentId })).data).toMatchObject({ size: 2, total: 2 });
    const again = await ask('segments.createList', { name: 'FAIR visitors', description: '', customerIds: [first] });
    expect(again.error).toMatchObject({ code: 'segment_name_taken' });
    expect(await server.deps.database.models.segmentMembers.collection.countDocuments({ orgId: ann.orgId })).toBe(2);
  });

  test('takes people on and off, a page at a time, and a rule can ask for it', async () => {
    const ids = await customers(5);
    const segmentId = await list('Five', ids.slice(0, 2));
    expect((await ask('segments.addMembers', { segmentId, customerIds: ids })).data).toEqual({ added: 3 });
    expect((await ask('segments.removeMembers', { segmentId, customerIds: [ids[0]] })).data).toEqual({ removed: 1 });
    const page = (await ask('segments.members', { segmentId, limit: 3 })).data;
    expect(page.items).toHaveLength(3);
    const rest = (await ask('segments.members', { segmentId, limit: 3, cursor: page.next })).data;
    expect(rest).toMatchObject({ items: [{}], next: null });
    const rule = { version: 1, root: { type: 'not', child: { type: 'inSegment', segmentId } } };
    expect((await ask('segments.preview', { rule })).data).toMatchObject({ size: 1, total: 5 });
  });

  test('has no rule, and people can’t be put on a segment that has one', async () => {
    const [id] = await customers(1);
    const segmentId = await list('Kind', []);
    const rename = { segmentId, version: 1, name: 'Kinder', description: '' };
    expect((await ask('segments.save', { ...rename, rule: everyone })).error).toMatchObject({ code: 'segment_kind' });
    expect((await ask('segments.save', rename)).data).toMatchObject({ name: 'Kinder', kind: 'static' });
    const dynamic = (await ask('segments.create', { name: 'All', description: '', rule: everyone })).data.id;
    const refused = await ask('segments.addMembers', { segmentId: dynamic, customerIds: [id] });
    expect(refused.error).toMatchObject({ code: 'segment_kind' });
  });

  test('loses a customer who is deleted, and its members when it is deleted itself', async () => {
    const [first, second] = await customers(2);
    const segmentId = await list('Leaving', [first as string, second as string]);
    await ask('customers.remove', { customerId: first });
    expect((await ask('segments.size', { segmentId })).data).toMatchObject({ size: 1 });
    await ask('segments.remove', { segmentId });
    expect(await db().segmentMembers.count(segmentId as SegmentId)).toBe(0);
  });

  test('is exported, and not found by another organization', async () => {
    const ids = await customers(2);
    const segmentId = await list('Export', ids);
    const url = `/api/o/${ann.orgId}/segments/${segmentId}/members.csv`;
    const file = await server.app.inject({ method: 'GET', url, headers: { cookie: ann.cookie() } });
    expect(file.body.trim().split('\r\n')).toHaveLength(3);
    for (const path of ['segments.members', 'segments.uses', 'segments.history', 'segments.archive']) {
      expect((await ask(path, { segmentId }, bob)).error, path).toMatchObject({ code: 'not_found' });
    }
    const add = await ask('segments.addMembers', { segmentId, customerIds: ids }, bob);
    expect(add.error).toMatchObject({ code: 'not_found' });
    expect((await upload(`${segmentId}/members`, 'email\nc0@shop.example\n', bob)).statusCode).toBe(404);
  });
});

describe('a file of people', () => {
  test('makes a list and says of each row that is nobody why', async () => {
    await customers(4);
    const text =
      'Name;E-Mail;External ID\n;C0@Shop.example;\n;;c1\n;nobody@shop.example;c2\n;;\n;x@y.example;cX\n;;c1\n';
    const response = await upload('lists?name=From%20a%20file', text);
    expect(response.json()).toMatchObject({ rows: 5, added: 3, already: 1, refused: 1 });
    expect(response.json().examples).toEqual([{ row: 6, reason: 'nobody_found', said: 'cX, x@y.example' }]);
    expect(await members(response.json().segmentId)).toEqual(['c0', 'c1', 'c2']);
  });

  test('is read the same wherever the network cuts it', async () => {
    await customers(3);
    const bytes = new TextEncoder().encode(
      '\ufeffName;E-Mail;Größe\r\nAnn, Jr.;c0@shop.example;ß\r\n;C1@shop.example;\r\n',
    );
    async function* pieces(length: number) {
      for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
    }
    for (const length of [1, 4, 7, 26, 1000]) {
      const found: string[] = [];
      const read = await readListFile({ db: db() }, pieces(length), async (ids) => found.push(...ids));
      expect(read, `${length} bytes at a time`).toMatchObject({ ok: true, value: { rows: 2, added: 2, refused: 0 } });
    }
  });

  test('adds to a list, also a bare column of addresses longer than a batch', async () => {
    const ids = await customers(1500);
    const segmentId = await list('More', ids.slice(0, 10));
    const text = Array.from({ length: 1500 }, (_, i) => `c${i}@shop.example`).join('\r\n');
    expect((await upload(`${segmentId}/members`, text)).json()).toMatchObject({ rows: 1500, added: 1490, already: 10 });
    expect((await ask('segments.size', { segmentId })).data.size).toBe(1500);
  });

  test('that can’t be read makes no list and leaves nobody behind', async () => {
    await customers(3);
    for (const [text, code] of [
      ['name,city\nAnn,Rome\n', 'list_columns_unknown'],
      ['', 'upload_empty'],
      ['{"email": "c0@shop.example"}', 'upload_not_csv'],
      [`email\n${'c0@shop.example\n'.repeat(1100)}"unclosed\n`, 'csv_quote_unclosed'],
    ] as const) {
      const response = await upload('lists?name=Broken', text);
      expect(response.json().error, code).toMatchObject({ code });
    }
    const names = (await ask('segments.list')).data.map(({ name }: { name: string }) => name);
    expect(names).not.toContain('Broken');
    expect(await server.deps.database.models.segmentMembers.collection.countDocuments({ orgId: ann.orgId })).toBe(0);
  });

  test('needs a name that is free', async () => {
    await list('Taken', []);
    expect((await upload('lists?name=TAKEN', 'email\n')).json().error).toMatchObject({ code: 'segment_name_taken' });
    expect((await upload('lists', 'email\n')).json().error).toMatchObject({ code: 'invalid_input' });
  });
});

describe('a snapshot', () => {
  const snapshot = (segmentId: string, name = 'Snapshot') =>
    ask('segments.snapshot', { segmentId, name, description: '' });
  const dynamic = async () => (await ask('segments.create', { name: 'All', description: '', rule: everyone })).data.id;

  test('can’t be used before everybody is on it, and keeps who was in then', async () => {
    await customers(3);
    const made = await snapshot(await dynamic());
    const segmentId = made.data.id;
    expect(made.data).toMatchObject({ kind: 'static', filling: { added: 0, from: { name: 'All' } } });
    const shown = (await ask('segments.list')).data.find(({ id }: { id: string }) => id === segmentId);
    expect(shown.filling).toMatchObject({ from: { name: 'All' } });
    expect((await ask('segments.size', { segmentId })).error).toMatchObject({ code: 'list_unfinished' });
    const rule = { version: 1, root: { type: 'inSegment', segmentId } };
    expect((await ask('segments.preview', { rule })).error).toMatchObject({ details: { reason: 'segment_unknown' } });

    expect(await fillNext(server.deps, going)).toBe(true);
    expect(await fillNext(server.deps, going)).toBe(false);
    await ask('customers.create', { ...person('late', null).fields, attributes: {} });
    expect((await ask('segments.get', { segmentId })).data).toMatchObject({ filling: null, sentence: null });
    expect(await members(segmentId)).toEqual(['c0', 'c1', 'c2']);
  });

  test('goes on where a worker that stopped left it, and ends with everybody once', async () => {
    await customers(4100);
    const segmentId = (await snapshot(await dynamic())).data.id as SegmentId;
    const stopping = new AbortController();
    stopping.abort();
    await fillNext(server.deps, stopping.signal);
    expect(await db().segmentMembers.count(segmentId)).toBe(2000);
    expect((await ask('segments.get', { segmentId })).data.filling).toMatchObject({ added: 2000 });
    await fillNext(server.deps, going);
    expect(await db().segmentMembers.count(segmentId)).toBe(4100);
    expect((await ask('segments.get', { segmentId })).data.filling).toBeNull();
  });

  test('is taken over from a worker that was killed, when its lease has ended', async () => {
    await customers(5);
    const segmentId = (await snapshot(await dynamic())).data.id as SegmentId;
    const { listQueue } = server.deps.database;
    const now = new Date();
    await listQueue.claim('killed', now, new Date(now.getTime() + 30_000));
    expect(await fillNext(server.deps, going)).toBe(false);
    const later = { ...server.deps, now: () => new Date(now.getTime() + 31_000) };
    expect(await fillNext(later, going)).toBe(true);
    expect(await members(segmentId)).toHaveLength(5);
    expect(await db().segments.endFilling(segmentId, 'killed', now)).toBe(false);
  });

  test('stays with its worker also where the reader finds nobody for longer than a lease', async () => {
    await customers(2);
    const segmentId = (await snapshot(await dynamic())).data.id as SegmentId;
    const heldUntil = async () => {
      const found = await server.deps.database.models.segments.collection.findOne({ _id: segmentId });
      return found?.filling?.heldUntil.getTime() ?? 0;
    };
    const own = db();
    async function* slow(...asked: Parameters<typeof own.audience.ids>) {
      const first = await heldUntil();
      await vi.waitUntil(async () => (await heldUntil()) > first + 100, { timeout: 30_000 });
      yield* own.audience.ids(...asked);
    }
    const forOrganization = () => ({ ...own, audience: { ...own.audience, ids: slow } });
    const database = { ...server.deps.database, forOrganization };
    expect(await fillNext({ ...server.deps, database }, going, 100)).toBe(true);
    expect(await members(segmentId)).toEqual(['c0', 'c1']);
  });

  test('of a list is its duplicate', async () => {
    const ids = await customers(2);
    const original = await list('Guests', ids);
    const copy = (await ask('segments.duplicate', { segmentId: original })).data;
    await fillNext(server.deps, going);
    expect(copy.name).toBe('Guests copy');
    expect(await members(copy.id)).toEqual(['c0', 'c1']);
  });

  test('holds on to the list that it is made from until everybody is on it', async () => {
    const ids = await customers(2);
    const original = await list('Guests', ids);
    const copy = (await ask('segments.duplicate', { segmentId: original })).data;
    const refused = await ask('segments.remove', { segmentId: original });
    expect(refused.error).toMatchObject({
      code: 'segment_in_use',
      details: { segments: [{ id: copy.id, name: 'Guests copy' }] },
    });
    await fillNext(server.deps, going);
    expect((await ask('segments.remove', { segmentId: original })).data).toBeNull();
    expect(await members(copy.id)).toEqual(['c0', 'c1']);
  });

  test('that is deleted while it is filled leaves nobody behind', async () => {
    await customers(3);
    const segmentId = (await snapshot(await dynamic())).data.id as SegmentId;
    await ask('segments.remove', { segmentId });
    expect(await fillNext(server.deps, going)).toBe(false);
    expect(await db().segmentMembers.count(segmentId)).toBe(0);
  });

  test('members of a list that never came to be are swept away after a day', async () => {
    const [id] = await customers(1);
    const yesterday = new Date(Date.now() - 2 * 86_400_000);
    const kept = (await list('Kept', [id as string])) as SegmentId;
    const lost = newId('segment');
    await db().segmentMembers.add(lost, [id as never], yesterday);
    await historyRound(server.deps, going);
    expect(await db().segmentMembers.count(lost)).toBe(0);
    expect(await db().segmentMembers.count(kept)).toBe(1);
  });
});
