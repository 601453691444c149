import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrganizationId } from '../../../packages/domain/src/index.ts';
import { axeFaults } from './axe.ts';
import { newVisitor, openBrowser, type Visitor, viewports } from './browser.ts';
import { type RunningApp, startApp } from './harness.ts';

const password = 'correct horse battery';
const people = ['Ada', 'Berta', 'Cleo', 'Dora'];

let app: RunningApp;
let browser: Browser;
let ann: Visitor;
let page: Page;
let orgId: OrganizationId;

const call = async (path: string, input: object) => {
  const response = await ann.context.request.post(`/api/trpc/${path}`, { data: { orgId, ...input } });
  return (await response.json()).result.data;
};

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ann = await newVisitor(browser, { baseURL: app.url });
  page = ann.page;
  const person = { name: 'Ann Lee', email: 'ann@example.com', password, organizationName: 'Acme' };
  await ann.context.request.post('/api/trpc/accounts.signUp', { data: person });
  const me = await (await ann.context.request.get('/api/trpc/accounts.me')).json();
  orgId = me.result.data.organizations[0].id;
  for (const [i, firstName] of people.entries()) {
    const nobody = { phone: null, lastName: null, timeZone: null, locale: null, attributes: {} };
    await call('customers.create', { ...nobody, firstName, externalId: `c${i}`, email: `${firstName}@shop.example` });
  }
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const figure = (size: string) =>
  page.getByRole('status', { name: 'Number of people' }).getByText(size, { exact: true }).waitFor();
const row = (name: string | RegExp) => page.getByRole('row', { name });

describe('the first day', () => {
  test('has five segments with their sentences and sizes', async () => {
    await page.goto('/o/acme/segments');
    await row(/No order yet/)
      .getByText('4', { exact: true })
      .waitFor();
    for (const name of ['Best customers', 'New customers', 'Lapsed customers', 'One order so far']) {
      await row(new RegExp(name)).waitFor();
    }
    await page.getByText('Customers who have no orders.').waitFor();
  });
});

describe('a list', () => {
  test('is made of customers who were selected', async () => {
    await page.goto('/o/acme/customers');
    await page.getByRole('checkbox', { name: 'Select Ada' }).check();
    await page.getByRole('checkbox', { name: 'Select Berta' }).check();
    await page.getByRole('button', { name: 'Add to list' }).click();
    await page.getByRole('textbox', { name: 'Name of the new list' }).fill('Fair visitors');
    await page.getByRole('button', { name: 'Create list' }).click();
    await page.getByText('“Fair visitors” created with 2 people').waitFor();
    await page.goto('/o/acme/segments');
    await row(/Fair visitors/)
      .getByText('Fair visitors')
      .click();
    await page.getByRole('heading', { level: 1, name: 'Fair visitors' }).waitFor();
    await figure('2');
  });

  test('takes the people of a file and says which rows were nobody', async () => {
    await page.getByRole('button', { name: 'Add from a file' }).click();
    const buffer = Buffer.from(
      'email;name\r\ncleo@shop.example;Cleo\r\nzoe@shop.example;Zoe\r\nADA@shop.example;Ada\r\n',
    );
    await page.locator('input[type=file]').setInputFiles({ name: 'guests.csv', mimeType: 'text/csv', buffer });
    await page.getByText('1 person added').waitFor();
    await page.getByText('1 were on the list already').waitFor();
    await page.getByText('“zoe@shop.example” no customer has this e-mail address or ID').waitFor();
    await page.keyboard.press('Escape');
    await figure('3');
    await row(/Cleo/).waitFor();
  });

  test('lets people go again', async () => {
    await page.getByRole('checkbox', { name: 'Select Cleo' }).check();
    await page.getByRole('button', { name: 'Take off the list' }).click();
    await page.getByText('One person taken off the list').waitFor();
    await figure('2');
    await row(/Cleo/).waitFor({ state: 'detached' });
  });

  test('is also made of a file, and of the people of a segment as they are now', async () => {
    await page.goto('/o/acme/segments');
    await page.getByRole('button', { name: 'New list' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('From a file');
    const buffer = Buffer.from('dora@shop.example\nada@shop.example\n');
    await page.locator('input[type=file]').setInputFiles({ name: 'dora.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Create list from file' }).click();
    await page.getByRole('heading', { level: 1, name: 'From a file' }).waitFor();
    await figure('2');

    await page.goto('/o/acme/segments');
    await page.getByRole('button', { name: 'Actions for No order yet' }).click();
    await page.getByRole('menuitem', { name: 'Save people as a list' }).click();
    await page.getByRole('textbox', { name: 'Name of the list' }).fill('Not yet in November');
    await page.getByRole('button', { name: 'Save list' }).click();
    await page.getByRole('heading', { level: 1, name: 'Not yet in November' }).waitFor();
    await figure('4');
  });

  test('can be used by everybody at every width', async () => {
    expect(await axeFaults(page)).toEqual([]);
    await page.setViewportSize(viewports.phone);
    await page.getByText('Ada', { exact: true }).waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.setViewportSize(viewports.desktop);
  });
});

describe('why', () => {
  test('the profile names the segments of a customer and explains one, a list inside it too', async () => {
    const [fair] = (await listed()).filter(({ name }) => name === 'Fair visitors');
    const onTheList = { type: 'inSegment', segmentId: fair?.id };
    const named = { type: 'attribute', field: 'firstName', test: { operator: 'eq', value: 'ada' } };
    const rule = { version: 1, root: { type: 'all', children: [onTheList, { type: 'not', child: named }] } };
    await call('segments.create', { name: 'Fair without Ada', description: '', rule });

    await page.goto('/o/acme/customers');
    await page.getByText('Berta', { exact: true }).click();
    await page.getByRole('button', { name: 'Why in Fair without Ada?' }).click();
    await page.getByText('In this segment now').waitFor();
    await page.getByText('All of these hold').waitFor();
    await page.getByText('They are on the list').waitFor();
    await page.getByText('It is “Berta”.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  test('and for a segment that they are not in, which condition keeps them out', async () => {
    await page.goto('/o/acme/customers');
    await page.getByText('Ada', { exact: true }).click();
    await page.getByRole('button', { name: 'Explain a segment' }).click();
    await page.getByRole('combobox', { name: 'Segment' }).click();
    await page.getByRole('option', { name: 'Fair without Ada' }).click();
    await page.getByText('Not in this segment now').waitFor();
    await page.getByText('All of these must hold, 1 of 2 do').waitFor();
    await page.getByText('This must not hold, but it does').waitFor();
  });
});

describe('an archived segment', () => {
  test('leaves the list, stays for who uses it, and comes back', async () => {
    await page.goto('/o/acme/segments');
    await page.getByRole('button', { name: 'Actions for Fair visitors' }).click();
    await page.getByRole('menuitem', { name: 'Archive list' }).click();
    await row(/^Fair visitors/).waitFor({ state: 'detached' });
    await row(/Fair without Ada/)
      .getByText('1', { exact: true })
      .waitFor();

    await page.getByRole('button', { name: 'Archived' }).click();
    await page.getByRole('menuitem', { name: 'Shown too' }).click();
    await page.getByRole('button', { name: 'Actions for Fair visitors' }).click();
    await page.getByRole('menuitem', { name: 'Delete list' }).click();
    await page.getByRole('button', { name: 'Delete list' }).click();
    await page.getByText('Take it out of “Fair without Ada” first').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('button', { name: 'Actions for Fair visitors' }).click();
    await page.getByRole('menuitem', { name: 'Take list back' }).click();
    // A page that is left takes what it was just asking for with it.
    await row(/^Fair visitors/)
      .getByText('archived', { exact: true })
      .waitFor({ state: 'detached' });
    await page.goto('/o/acme/segments');
    await row(/^Fair visitors/).waitFor();
  });
});

async function listed(): Promise<{ id: string; name: string }[]> {
  const input = encodeURIComponent(JSON.stringify({ orgId }));
  const response = await ann.context.request.get(`/api/trpc/segments.list?input=${input}`);
  return (await response.json()).result.data;
}
