import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toNewDocument } from '../../../packages/db/src/customers/customer.mapping.ts';
import { connect } from '../../../packages/db/src/database.ts';
import { newId } from '../../../packages/db/src/ids/new-id.ts';
import type { CustomerId, OrganizationId } from '../../../packages/domain/src/index.ts';
import { faultsInEveryLook } from './axe.ts';
import { newVisitor, openBrowser, type Visitor } from './browser.ts';
import { type CdnowOrder, countPeople, customerIds, orders, people, totalCents } from './cdnow.ts';
import { type RunningApp, startApp } from './harness.ts';

const password = 'correct horse battery';

let app: RunningApp;
let browser: Browser;
let ann: Visitor;
let page: Page;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ann = await newVisitor(browser, { baseURL: app.url });
  page = ann.page;
  const person = { name: 'Ann Lee', email: 'ann@example.com', password, organizationName: 'Acme' };
  await ann.context.request.post('/api/trpc/accounts.signUp', { data: person });
  const me = await (await ann.context.request.get('/api/trpc/accounts.me')).json();
  await storeCdnow(me.result.data.organizations[0].id);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** The people and orders of the data set, stored as the import stores them, in UTC. */
async function storeCdnow(orgId: OrganizationId): Promise<void> {
  const database = await connect(app.mongoUri);
  const now = new Date();
  const ids = new Map(customerIds.map((id) => [id, newId('customer')]));
  const idOf = (customer: string) => ids.get(customer) as CustomerId;
  const nobody = { phone: null, firstName: null, lastName: null, timeZone: null, locale: null };
  const documents = people.map(({ id, email }) => ({
    ...toNewDocument({ id: idOf(id), fields: { ...nobody, externalId: id, email }, attributes: {}, consents: {} }, now),
    orgId,
  }));
  await database.models.customers.collection.insertMany(documents as never);
  await database.forOrganization(orgId).events.insertMany(
    orders.map(({ id, customer, on, cents }) => ({
      eventId: id,
      customerId: idOf(customer),
      type: 'order',
      at: new Date(`${on}T00:00:00Z`),
      currency: 'USD',
      total: cents,
      lines: [],
      properties: {},
    })),
    { source: 'test', now },
  );
  await database.driver.collection('organizations').updateMany({}, { $set: { timeZone: 'UTC', currency: 'USD' } });
  await database.close();
}

const shown = (size: number) => new Intl.NumberFormat('en-US').format(size);
/** How many people fulfil a condition on their orders, as the page writes it. */
const sizeOf = (holds: (own: readonly CdnowOrder[]) => boolean) => shown(countPeople(holds));

const half = ({ on }: CdnowOrder) => on >= '1997-01-01' && on < '1997-07-01';

const figure = () => page.getByRole('status', { name: 'Number of people' });
const sized = (size: string) => figure().getByText(size, { exact: true }).waitFor();

async function addCondition(name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Add condition' }).last().click();
  await page.getByRole('option', { name, exact: true }).click();
}

/** Chooses in the n-th row about orders. */
async function choose(part: string, option: string, row = 0): Promise<void> {
  await page
    .getByRole('combobox', { name: `Orders: ${part}`, exact: true })
    .nth(row)
    .click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

const value = (row = 0) => page.getByRole('textbox', { name: 'Orders: value', exact: true }).nth(row);

async function between(first: string, last: string, row = 0): Promise<void> {
  await choose('time', 'from … to', row);
  await page.getByLabel('Orders: time: first day').nth(row).fill(first);
  await page.getByLabel('Orders: time: last day').nth(row).fill(last);
}

async function newSegment(): Promise<void> {
  await page.goto('/o/acme/segments/new');
  await page.getByRole('heading', { level: 1, name: 'New segment' }).waitFor();
}

describe('sizes follow the conditions', () => {
  test('everybody, then people with orders in a window, then those who also spent enough', async () => {
    await newSegment();
    await sized(shown(customerIds.length));
    await addCondition('Orders');
    await value().fill('3');
    await between('1997-01-01', '1997-06-30');
    await sized(sizeOf((own) => own.filter(half).length >= 3));
    await addCondition('Orders');
    await choose('measure', 'total, added up', 1);
    await value(1).fill('100');
    await between('1997-01-01', '1997-06-30', 1);
    await sized(sizeOf((own) => own.filter(half).length >= 3 && totalCents(own.filter(half)) >= 10_000));
    await page
      .getByText(
        'Customers who have at least 3 orders from 1 Jan 1997 to 30 Jun 1997 and whose orders from 1 Jan 1997 to 30 Jun 1997 add up to at least USD 100.00.',
      )
      .waitFor();
  });

  test('people who have not ordered since a day, and of those the ones who once spent much', async () => {
    await newSegment();
    await addCondition('Orders');
    await choose('comparison', 'exactly');
    await value().fill('0');
    await choose('time', 'since');
    await page.getByLabel('Orders: time: day').fill('1998-01-01');
    const gone = (own: readonly CdnowOrder[]) => own.every(({ on }) => on < '1998-01-01');
    await sized(sizeOf(gone));
    await addCondition('Orders');
    await choose('measure', 'total, added up', 1);
    await value(1).fill('500');
    await choose('time', 'at any time', 1);
    await sized(sizeOf((own) => gone(own) && totalCents(own) >= 50_000));
  });

  test('exactly one order', async () => {
    await newSegment();
    await addCondition('Orders');
    await choose('comparison', 'exactly');
    await choose('time', 'at any time');
    await sized(sizeOf((own) => own.length === 1));
  });
});

describe('a segment', () => {
  test('is named, saved, found in the list with its size, changed and deleted', async () => {
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Exactly one order');
    await page.getByRole('button', { name: 'Create segment' }).click();
    await page.getByRole('heading', { level: 1, name: 'Exactly one order' }).waitFor();
    await page.getByRole('link', { name: 'Segments' }).first().click();
    const row = page.getByRole('row', { name: /Exactly one order/ });
    const one = sizeOf((own) => own.length === 1);
    await row.getByText(one, { exact: true }).waitFor();
    await row.click();
    await value().fill('2');
    await sized(sizeOf((own) => own.length === 2));
    await page.getByRole('button', { name: 'Save segment' }).click();
    await page.getByText('Segment saved').waitFor();
    await page.getByText('Customers who have exactly 2 orders.').waitFor();
    await page.getByRole('button', { name: 'Actions for Exactly one order' }).click();
    await page.getByRole('menuitem', { name: 'Delete segment' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete segment' }).click();
    await row.waitFor({ state: 'detached' });
    // Those of the first day are still there.
    await page.getByRole('row', { name: /No order yet/ }).waitFor();
  });

  test('is not left by accident while it has unsaved changes', async () => {
    await newSegment();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Draft');
    await page.getByRole('link', { name: 'Customers' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Draft');
    await page.getByRole('link', { name: 'Customers' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
  });

  test('is built with the keyboard alone, groups and all', async () => {
    await newSegment();
    await page.getByRole('combobox', { name: 'Add condition' }).focus();
    await page.keyboard.type('order');
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Orders' }).waitFor();
    await page.getByRole('button', { name: 'Add group' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Add a condition to this group, or remove the group.').waitFor();
    await page.getByRole('combobox', { name: 'Add condition' }).first().focus();
    await page.keyboard.type('mail');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove group' }).focus();
    await page.keyboard.press('Enter');
    await sized('0');
  });

  test('an incomplete condition is named, keeps the old size and can not be saved', async () => {
    await newSegment();
    await addCondition('Email');
    await page.getByText('Fill in the value.').waitFor();
    expect(await page.getByRole('button', { name: 'Create segment' }).getAttribute('aria-disabled')).toBe('true');
    expect(await figure().textContent()).toBe(shown(customerIds.length));
  });
});

describe('the builder', () => {
  test('is readable and fits the screen', async () => {
    await newSegment();
    await addCondition('Orders');
    await page.getByRole('group', { name: 'Orders' }).waitFor();
    await sized('0');
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  test('showed no fault in the console', () => {
    expect(ann.faults).toEqual([]);
  });
});
