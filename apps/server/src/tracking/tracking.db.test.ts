import { deliveryId } from '@mini-crm/domain';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { trapQuery } from '../content/trap-link.ts';
import { startEngine } from '../delivery/delivery.loop.ts';
import { defaultEngineOptions } from '../delivery/engine.ts';
import { launchSending, type Sending, until, waitForEnd } from '../delivery/testing/sending-fixture.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { openTracking } from './open-tracking.ts';
import { reactionBuffer } from './reaction-buffer.ts';
import type { TrackingUrls } from './tracking-urls.ts';

let server: TestApp;
let urls: TrackingUrls;
let sending: Sending;
beforeAll(async () => {
  server = await testApp({ PUBLIC_URL: 'https://crm.example' });
  urls = await openTracking(server.deps);
});
afterAll(() => server.close());
beforeEach(async () => {
  sending = await launchSending(server.deps.database, 3);
  const { database, channel, now } = server.deps;
  const log = pino({ level: 'silent' });
  const options = { ...defaultEngineOptions, pollMs: 20 };
  const engine = startEngine({ database, channel, now, log, urls, oneClick: true }, options);
  await waitForEnd(database, sending);
  await engine.stop();
});

const first = () => {
  const [customerId] = sending.customerIds;
  if (!customerId) throw new Error('no customer');
  return { orgId: sending.orgId, runId: sending.runId, customerId };
};
const db = () => server.deps.database.forOrganization(sending.orgId);
const row = () => db().deliveries.get(deliveryId(first().runId, first().customerId));
const consent = async () => (await db().customers.get(first().customerId))?.consents.email?.state;
const path = (url: string) => new URL(url).pathname;
/** Waits until all reactions so far are written: they are in the order in which they came. */
async function written() {
  const customerId = sending.customerIds[2];
  if (!customerId) throw new Error('no customer');
  const opens = async () => (await db().deliveries.get(deliveryId(sending.runId, customerId)))?.opens ?? 0;
  const before = await opens();
  await ask('GET', urls.openUrl({ ...first(), customerId }));
  await until(async () => (await opens()) > before);
}
type Method = 'GET' | 'HEAD' | 'POST';
const ask = (method: Method, url: string, payload?: string, type = 'application/x-www-form-urlencoded') =>
  server.app.inject({ method, url: path(url), ...(payload ? { payload, headers: { 'content-type': type } } : {}) });

test('the pixel counts openings, is never stored and is always a picture', async () => {
  const url = urls.openUrl(first());
  const response = await ask('GET', url);
  expect(response.headers['content-type']).toBe('image/gif');
  expect(response.headers['cache-control']).toContain('no-store');
  expect(response.headers['cross-origin-resource-policy']).toBe('cross-origin');
  await ask('GET', url);
  await written();
  expect(await row()).toMatchObject({ opens: 2, openedAt: expect.any(Date) });
  expect((await ask('GET', 'https://crm.example/t/o/forged.gif')).headers['content-type']).toBe('image/gif');
});

test('a click leads to the link as it was rendered for that customer, and counts', async () => {
  const url = urls.clickUrl(first(), 0);
  const response = await ask('GET', url);
  expect(response.statusCode).toBe(302);
  expect(response.headers.location).toBe('https://shop.example/new?for=x0');
  await ask('GET', url);
  await written();
  expect((await row())?.clicks).toEqual([{ link: 0, at: expect.any(Date), count: 2 }]);
});

test('prefetchers and scanners are noted apart: nobody has opened or clicked by them, and people still can', async () => {
  const by = (url: string, agent: string) =>
    server.app.inject({ method: 'GET', url: path(url), headers: { 'user-agent': agent } });
  const proxy = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';
  const picture = await by(urls.openUrl(first()), 'Mozilla/5.0');
  expect(picture.headers['content-type']).toBe('image/gif');
  const link = await by(urls.clickUrl(first(), 0), 'BarracudaCentral/1.0');
  expect(link.headers.location).toBe('https://shop.example/new?for=x0');
  await written();
  const seen = await row();
  expect(seen).toMatchObject({ machineOpenedAt: expect.any(Date), machineClickedAt: expect.any(Date) });
  expect(seen).toMatchObject({ opens: 0, clicks: [] });
  expect([seen?.openedAt, seen?.clickedAt]).toEqual([undefined, undefined]);
  const figures = await db().campaignReports.figures(sending.campaignId);
  // The one who opened is who `written` waits for.
  expect(figures).toMatchObject({ opened: 1, allOpened: 2, clicked: 0, allClicked: 1, allClicks: 1 });

  // Gmail's proxy asks when its reader opens the mail.
  await by(urls.openUrl(first()), proxy);
  await written();
  expect(await row()).toMatchObject({ opens: 1, openedAt: expect.any(Date) });
  await by(urls.clickUrl(first(), 0), 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148');
  await written();
  const answered = await row();
  expect(answered).toMatchObject({ opens: 1, openedAt: expect.any(Date), clickedAt: expect.any(Date) });
  expect(answered?.machineOpenedAt).toEqual(seen?.machineOpenedAt);
});

test('a link that is not of this message, or not signed by us, leads nowhere', async () => {
  expect((await ask('GET', urls.clickUrl(first(), 7))).statusCode).toBe(404);
  const signed = urls.clickUrl(first(), 0);
  const forged = `${signed.slice(0, -1)}${signed.endsWith('A') ? 'B' : 'A'}`;
  const refused = await ask('GET', forged);
  expect(refused.statusCode).toBe(404);
  expect(refused.headers.location).toBeUndefined();
  // A token of another kind is none here.
  const open = urls.openUrl(first()).replace('/t/o/', '/u/').replace('.gif', '');
  expect((await ask('GET', open)).statusCode).toBe(404);
  await written();
  expect((await row())?.clicks).toEqual([]);
});

test('looking at the unsubscribe page changes nothing', async () => {
  const url = urls.unsubscribeUrl(first(), sending.email(0));
  const response = await ask('GET', url);
  expect(response.statusCode).toBe(200);
  expect(response.body).toContain('Unsubscribe from The Shop?');
  expect(response.body).toContain('c…@test.example');
  await ask('HEAD', url);
  await ask('HEAD', urls.clickUrl(first(), 0));
  await written();
  expect((await row())?.clicks).toEqual([]);
  expect(await consent()).toBe('granted');
  expect(await db().suppressions.count()).toBe(0);
  expect((await row())?.unsubscribedAt).toBeUndefined();
});

test.each([
  ['the button of the page', '', undefined],
  ['a mail program', 'List-Unsubscribe=One-Click', 'application/x-www-form-urlencoded'],
  ['a mail program that posts a multipart form', '--x\r\n\r\nOne-Click\r\n--x--', 'multipart/form-data; boundary=x'],
])('%s unsubscribes for good, however often', async (_who, body, type) => {
  const url = urls.unsubscribeUrl(first(), sending.email(0));
  for (let i = 0; i < 2; i++) {
    const response = await ask('POST', url, body, type);
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('You are unsubscribed');
  }
  expect(await consent()).toBe('withdrawn');
  const suppressed = await db().suppressions.list({ limit: 10 });
  expect(suppressed).toMatchObject([
    { address: 'c0@test.example', reason: 'unsubscribed', scope: 'marketing', campaignId: sending.campaignId },
  ]);
  expect((await row())?.unsubscribedAt).toBeInstanceOf(Date);
  expect((await ask('GET', url)).body).toContain('You are unsubscribed');
});

/** What deleting a customer does to what tracking reads. */
async function forgetFirst() {
  const { customerId } = first();
  await server.deps.database.transaction(async (session) => {
    await db().customers.remove(customerId, session);
    await db().deliveries.forget(customerId, session);
  });
}

test('who was deleted can still unsubscribe: the link knows the address', async () => {
  const url = urls.unsubscribeUrl(first(), sending.email(0));
  expect(Buffer.from(url.slice(url.indexOf('/u/') + 3), 'base64url').toString('latin1')).not.toContain('test.example');
  await forgetFirst();
  expect((await ask('GET', url)).body).toContain('c…@test.example');
  expect((await ask('POST', url)).body).toContain('You are unsubscribed');
  expect(await db().suppressions.of('email', ['c0@test.example'])).toEqual(new Map([['c0@test.example', 'marketing']]));
});

test('a link of an older message, which has no address, says that nothing can be written down', async () => {
  const url = urls.unsubscribeUrl(first(), null);
  expect(await ask('GET', url)).toMatchObject({ statusCode: 200 });
  await forgetFirst();
  for (const method of ['GET', 'POST'] as const) {
    const response = await ask(method, url);
    expect(response.statusCode).toBe(404);
    expect(response.body).toContain('can not be answered any more');
  }
  expect(await db().suppressions.count()).toBe(0);
});

test('responses that come before their row is written are counted when it is', async () => {
  const rows = server.database.db.collection('deliveries');
  const where = { customerId: first().customerId };
  const written = await rows.findOneAndDelete(where);
  if (!written) throw new Error('no row');
  await ask('GET', urls.openUrl(first()));
  expect((await ask('GET', urls.clickUrl(first(), 0))).statusCode).toBe(302);
  await ask('POST', urls.unsubscribeUrl(first(), sending.email(0)));
  const answered = new Date();
  await rows.insertOne(written);
  await until(async () =>
    Boolean((await row())?.openedAt && (await row())?.clickedAt && (await row())?.unsubscribedAt),
  );
  expect((await row())?.clickedAt?.getTime()).toBeLessThanOrEqual(answered.getTime());
  expect((await row())?.clicks).toMatchObject([{ link: 0, count: 1 }]);
});

/** A scanner's requests come from an address of their own, and say nothing of themselves. */
const from = (ip: string, url: string, method: Method = 'GET') =>
  server.app.inject({ method, url: url.replace('https://crm.example', ''), remoteAddress: ip });

test('who follows the link that no person sees was a machine, in what it did before and in what it does after', async () => {
  const trapped = `${urls.openUrl(first())}${trapQuery}`;
  await from('192.0.2.1', urls.clickUrl(first(), 0));
  await written();
  expect((await row())?.clicks).toHaveLength(1);
  const answer = await from('192.0.2.1', trapped);
  expect(answer.headers['content-type']).toContain('text/html');
  await from('192.0.2.1', urls.openUrl(first()));
  await written();
  const seen = await row();
  expect(seen).toMatchObject({ opens: 0, clicks: [], machineClicks: 2, machineOpens: 1 });
  expect([seen?.openedAt, seen?.clickedAt]).toEqual([undefined, undefined]);
  // Another reader of the same message, later: the test's clock can't wait, so the visit of the scanner is put back.
  await server.database.db
    .collection('deliveries')
    .updateOne({ customerId: first().customerId }, [{ $set: { visits: [] } }]);
  await from('198.51.100.7', urls.clickUrl(first(), 0));
  await written();
  expect(await row()).toMatchObject({ clicks: [{ link: 0, count: 1 }], machineClicks: 2, opens: 1 });
  expect(await db().campaignReports.figures(sending.campaignId)).toMatchObject({
    clicked: 1,
    allClicked: 1,
    allClicks: 3,
  });
});

test('the link that no person sees is in every message, and only there', async () => {
  const [mail] = await server.database.db
    .collection('outbox')
    .find({ orgId: sending.orgId, customerId: first().customerId })
    .toArray();
  expect(mail?.html).toContain(`${urls.openUrl(first())}${trapQuery}"`);
  expect(mail?.text).not.toContain(trapQuery);
  const copy = await db().runs.get(sending.runId);
  expect(copy?.content.links).toHaveLength(1);
});

test('many at once are written together, by two processes too, and none is lost', async () => {
  const { database, now, log } = server.deps;
  const processes = [reactionBuffer({ database, log, now }), reactionBuffer({ database, log, now })];
  const { runId } = first();
  for (let i = 0; i < 600; i++) {
    const customerId = sending.customerIds[i % 2];
    if (!customerId) throw new Error('no customer');
    const reaction = { kind: 'open', link: null, at: now(), client: `client ${i % 7}`, machine: i % 5 === 0 } as const;
    processes[i % 2 === 0 ? 0 : i % 3 === 0 ? 0 : 1]?.add({
      orgId: sending.orgId,
      deliveryId: deliveryId(runId, customerId),
      runId,
      reaction,
    });
  }
  await Promise.all(processes.map((one) => one.stop()));
  const rows = await Promise.all(
    sending.customerIds.slice(0, 2).map((id) => db().deliveries.get(deliveryId(runId, id))),
  );
  expect(rows.map((one) => (one?.opens ?? 0) + (one?.machineOpens ?? 0))).toEqual([300, 300]);
  expect(rows.map((one) => one?.machineOpens)).toEqual([60, 60]);
});

test('lists show who answered: counted once, kept with the run, and again only after somebody has reacted', async () => {
  const counts = async (now = new Date()) => (await db().responseCounts.of([sending.runId], now)).get(sending.runId);
  const none = { opened: 0, allOpened: 0, clicked: 0, allClicked: 0, unsubscribed: 0 };
  expect(await counts()).toMatchObject(none);
  await server.app.inject({ url: path(urls.openUrl(first())), headers: { 'user-agent': 'Mozilla/5.0' } });
  await written();
  const later = new Date(Date.now() + 60_000);
  expect(await counts(later)).toMatchObject({ opened: 1, allOpened: 2, clicked: 0 });
  // Nobody has reacted since it was counted: what is kept is answered, whatever the log says.
  await server.database.db.collection('deliveries').deleteMany({ orgId: sending.orgId });
  expect(await counts(new Date(later.getTime() + 60_000))).toMatchObject({ opened: 1, allOpened: 2 });
});
