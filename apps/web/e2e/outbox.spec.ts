import type { OrganizationId } from '@mini-crm/domain';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Database } from '../../../packages/db/src/database.ts';
import { launchSending, type Sending } from '../../server/src/delivery/testing/sending-fixture.ts';
import { faultsInEveryLook } from './axe.ts';
import { newVisitor, openBrowser, type Visitor } from './browser.ts';
import { type RunningApp, startApp } from './harness.ts';

let app: RunningApp;
let browser: Browser;
let database: Database;
let ann: Visitor;
let sending: Sending;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  database = await connect(app.mongoUri);
  ann = await newVisitor(browser, { baseURL: app.url });
  const data = {
    name: 'Ann Lee',
    email: 'ann@example.com',
    password: 'correct horse battery',
    organizationName: 'Acme',
  };
  const answer = await ann.context.request.post('/api/trpc/accounts.signUp', { data });
  expect(answer.status()).toBe(200);
  // Where the shop's link leads is not on this machine.
  await ann.context.route('https://shop.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>The shop</h1>' }),
  );
});
afterAll(async () => {
  await browser?.close();
  await database?.close();
  await app?.stop();
});

const patient = { timeout: 15_000 };
const messages = (page: Page) => page.getByRole('navigation', { name: 'Messages' }).getByRole('button');
const frame = (page: Page) => page.frameLocator('iframe[title="Message"]');

describe('without an SMTP server', () => {
  test('the outbox says what it is for, and shows what a campaign sends without a reload', async () => {
    const { page } = ann;
    await page.goto('/o/acme/outbox');
    await page.getByText('No SMTP server is configured').waitFor();
    await page.getByText('Nothing was sent yet').waitFor();
    const organization = await database.models.organizations.collection.findOne({ slug: 'acme' });
    sending = await launchSending(database, 3, { orgId: organization?._id as unknown as OrganizationId });
    await messages(page).nth(2).waitFor({ timeout: 30_000 });
    expect(await messages(page).count()).toBe(3);
  });

  test('a message opens as its reader would see it, with its text and its headers', async () => {
    const { page } = ann;
    await page.getByText('c0@test.example').click();
    await frame(page).getByText('Hello Ann0').waitFor();
    await page.getByRole('tab', { name: 'Plain text' }).click();
    await page.getByText('Hello Ann0').waitFor();
    await page.getByRole('tab', { name: 'Headers' }).click();
    await page.getByText('List-Unsubscribe').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'News for Ann0' }).waitFor();
  });

  test('a link in it opens in a tab of its own and counts', async () => {
    const { page, context } = ann;
    const [popup] = await Promise.all([
      context.waitForEvent('page'),
      frame(page).getByRole('link', { name: 'See what is new' }).click(),
    ]);
    await popup.getByRole('heading', { name: 'The shop' }).waitFor();
    expect(popup.url()).toBe('https://shop.example/new?for=x0');
    await popup.close();
    const row = await database.models.deliveries.collection.findOne({ customerId: sending.customerIds[0] as never });
    expect(row).toMatchObject({ state: 'sent', clicks: [{ link: 0, count: 1 }] });
  });

  test('somebody unsubscribes without JavaScript, and is on the list', async () => {
    const { page } = ann;
    const link = await frame(page).getByRole('link', { name: 'Unsubscribe' }).getAttribute('href');
    const context = await browser.newContext({ javaScriptEnabled: false });
    const reader = await context.newPage();
    await reader.goto(link ?? '');
    await reader.getByRole('heading', { name: 'Unsubscribe from Acme?' }).waitFor();
    await reader.getByRole('button', { name: 'Unsubscribe' }).click();
    await reader.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
    await context.close();

    await page.goto('/o/acme/settings/suppressions');
    const row = page.getByRole('row').filter({ hasText: 'c0@test.example' });
    await row.getByText('Unsubscribed').waitFor();
  });

  test('an address is suppressed by hand, found and taken off the list', async () => {
    const { page } = ann;
    await page.getByRole('button', { name: 'Suppress address' }).click();
    const panel = page.getByRole('dialog', { name: 'Suppress address' });
    await panel.getByLabel('E-mail').fill('nobody');
    await panel.getByRole('button', { name: 'Suppress address' }).click();
    await panel.getByText('Enter an e-mail address such as').waitFor();
    await panel.getByLabel('E-mail').fill('Old.Friend@example.org');
    await panel.getByLabel('Everything').check();
    await panel.getByRole('button', { name: 'Suppress address' }).click();
    await page.getByRole('row').filter({ hasText: 'old.friend@example.org' }).getByText('Everything').waitFor();
    await page.getByRole('searchbox').fill('OLD.F');
    await expect.poll(() => page.getByRole('row').filter({ hasText: 'c0@test.example' }).count(), patient).toBe(0);
    await page.getByRole('button', { name: 'Remove old.friend@example.org' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove address' }).click();
    await page.getByText('No such address').waitFor();
  });

  test('every page passes axe and fits the screen', async () => {
    const { page } = ann;
    const message = await database.models.outbox.collection.findOne({ to: 'c1@test.example' });
    const unsubscribe = /<(.*)>/.exec(message?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
    const inbox = `/o/acme/outbox?message=${encodeURIComponent(JSON.stringify(message?._id))}`;
    for (const path of ['/o/acme/outbox', inbox, '/o/acme/settings/suppressions', unsubscribe]) {
      await page.goto(path);
      await page.getByRole('heading').first().waitFor();
      expect(await faultsInEveryLook(page), path).toEqual([]);
    }
  });

  test('shows the browser nothing to complain about', () => {
    expect(ann.faults).toEqual([]);
  });
});
