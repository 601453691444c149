import { readFile } from 'node:fs/promises';
import type { APIRequestContext, Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../../packages/db/src/database.ts';
import { newId } from '../../../packages/db/src/ids/new-id.ts';
import type { OrganizationId } from '../../../packages/domain/src/index.ts';
import { faultsInEveryLook } from './axe.ts';
import { newVisitor, openBrowser, type Visitor } from './browser.ts';
import { type RunningApp, startApp } from './harness.ts';

const password = 'correct horse battery';
const customers = '/o/acme/customers';

let app: RunningApp;
let browser: Browser;
let ann: Visitor;
let page: Page;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ann = await newVisitor(browser, { baseURL: app.url });
  page = ann.page;
  const person = { name: 'Ann Lee', email: 'ann@example.com', password, organizationName: 'Acme' };
  await ask(ann.context.request, 'accounts.signUp', person);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** Calls a mutation as the visitor's browser would. */
async function ask(request: APIRequestContext, path: string, input: object) {
  const answer = await request.post(`/api/trpc/${path}`, { data: input });
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()).result.data;
}

async function organizationId(): Promise<OrganizationId> {
  const answer = await ann.context.request.get('/api/trpc/accounts.me');
  return (await answer.json()).result.data.organizations[0].id;
}

const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const timeline = () => page.getByRole('region', { name: 'Timeline' });

test('a newcomer is offered ways to begin, and adds somebody by hand', async () => {
  await page.goto(customers);
  await page.getByRole('heading', { name: 'No customers yet' }).waitFor();
  await page.getByRole('link', { name: 'Import customers' }).waitFor();
  await button('Add one by hand').click();
  await field('First name').fill('Zoë 🎉');
  await button('Add customer').click();
  await page.getByText('Give an e-mail address, a phone number or an external id.').waitFor();
  await field('E-mail').fill('zoe@example.com');
  await field('Phone').fill('0664 123');
  await button('Add customer').click();
  await page.getByText('Write it with its country code').waitFor();
  await field('Phone').fill('+43 (664) 123-4567');
  await button('Add customer').click();
  await page.getByRole('heading', { level: 1, name: 'Zoë 🎉' }).waitFor();
  await page.getByRole('link', { name: '+436641234567' }).waitFor();
});

test('an address that somebody else has is refused at its field, and nothing is lost', async () => {
  await page.goto(customers);
  await button('New customer').click();
  await field('First name').fill('Other Zoë');
  await field('E-mail').fill('ZOE@example.com');
  await button('Add customer').click();
  await page.getByText('Another customer has this e-mail address').waitFor();
  expect(await field('First name').inputValue()).toBe('Other Zoë');
  await page.keyboard.press('Escape');
});

test('an attribute of the catalogue gets a field of its type', async () => {
  await page.goto('/o/acme/settings/attributes');
  await button('New attribute').click();
  await field('Label').fill('Loyalty tier');
  await page.getByRole('combobox', { name: 'Type' }).click();
  await page.getByRole('option', { name: /^Choice/ }).click();
  await page.getByRole('combobox', { name: 'Options' }).fill('Gold');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Silver');
  await page.keyboard.press('Enter');
  await button('Add attribute').click();
  await page.getByText('loyalty_tier').waitFor();

  await page.goto(customers);
  await page.getByRole('row', { name: /Zoë/ }).focus();
  await page.keyboard.press('Enter');
  await button('Edit customer').click();
  await page.getByRole('combobox', { name: 'Loyalty tier' }).click();
  await page.getByRole('option', { name: 'Gold' }).click();
  await field('Last name').fill('Lee');
  await button('Save customer').click();
  await page.getByRole('heading', { level: 1, name: 'Zoë 🎉 Lee' }).waitFor();
  await page.getByRole('region', { name: 'Details' }).getByText('Gold').waitFor();
});

test('of two people who edit the same customer the second is told', async () => {
  const second = await ann.context.newPage();
  await second.goto(page.url());
  await second.getByRole('button', { name: 'Edit customer' }).click();
  await second.getByRole('textbox', { name: 'Last name' }).fill('Second');
  await button('Edit customer').click();
  await field('Last name').fill('First');
  await button('Save customer').click();
  await page.getByRole('heading', { level: 1, name: 'Zoë 🎉 First' }).waitFor();
  await second.getByRole('button', { name: 'Save customer' }).click();
  await second.getByText('Somebody else changed this in the meantime').waitFor();
  await second.close();
});

test('a consent is recorded with its proof, withdrawn, and its history stays', async () => {
  const consent = page.getByRole('region', { name: 'Consent' });
  await consent.getByRole('button', { name: 'Record a consent' }).first().click();
  await button('Record consent').click();
  await page.getByText('Say how: it is the proof.').waitFor();
  await page.getByRole('combobox', { name: /How did they give it/ }).fill('Signed up at the fair');
  await button('Record consent').click();
  await consent.getByText('Granted').waitFor();
  await consent.getByText(/Signed up at the fair · recorded by Ann Lee/).waitFor();
  await consent.getByRole('button', { name: 'Record a withdrawal' }).click();
  await page.getByRole('combobox', { name: /How did they withdraw it/ }).fill('By phone');
  await button('Record withdrawal').click();
  await consent.getByText('Withdrawn').waitFor();
  await consent.getByText(/marketing never goes to this address/).waitFor();
  await consent.getByRole('button', { name: 'Before: 1' }).click();
  await consent.getByText(/Signed up at the fair/).waitFor();
});

test('what happened is written down, and the timeline is filtered by kind', async () => {
  await page.getByRole('radiogroup', { name: 'Kind of interaction' }).getByText('Call', { exact: true }).click();
  await page.getByPlaceholder('What was the call about?').fill('Asked about the <b>new</b> blend');
  await button('Log call').click();
  await timeline().getByText('Asked about the <b>new</b> blend').waitFor();
  await timeline().getByText('by Ann Lee').waitFor();
  await timeline().getByText('Orders', { exact: true }).click();
  await timeline().getByText('None of these yet').waitFor();
  await timeline().getByText('Interactions', { exact: true }).click();
  await timeline().getByText('Asked about').waitFor();
});

/** Puts many customers with orders into the organization, as an import would. */
async function fill(count: number): Promise<void> {
  const database = await connect(app.mongoUri);
  const db = database.forOrganization(await organizationId());
  const now = new Date();
  const ids = Array.from({ length: count }, () => newId('customer'));
  const nothing = { phone: null, timeZone: null, locale: null };
  const people = ids.map((id, index) => ({
    id,
    fields: {
      ...nothing,
      externalId: `00${index}`,
      email: `person${index}@shop.example`,
      firstName: index === 7 ? '=HYPERLINK("x")' : `Person${index}`,
      lastName: 'Example',
    },
    attributes: {},
    consents: {},
  }));
  await Promise.all(people.map((person) => db.customers.insert(person, now)));
  const orders = ids.map((customerId, index) => ({
    ...{ eventId: `o${index}`, customerId, type: 'order', at: new Date(now.getTime() - index * 3_600_000) },
    ...{ currency: 'EUR', total: index * 100, lines: [], properties: {} },
  }));
  await db.events.insertMany(orders, { source: 'import', now });
  const { currency } = (await database.accounts.organization(db.orgId)) ?? { currency: 'EUR' };
  await db.recomputeRollups(ids, currency);
  await database.close();
}

test('a list of many is searched, filtered, ordered and read to its end', async () => {
  await fill(130);
  await page.goto(customers);
  await page
    .getByRole('banner')
    .getByText('131')
    .or(page.getByText('131', { exact: true }))
    .first()
    .waitFor();
  await page.getByRole('columnheader', { name: 'Orders' }).getByRole('button').click();
  await page.waitForURL('**sort=orderCount**');
  for (let tries = 0; tries < 20 && (await page.getByRole('row').count()) < 132; tries++) {
    await page.mouse.wheel(0, 5000);
    await page.waitForTimeout(150);
  }
  expect(await page.getByRole('row').count()).toBe(132);

  await page.getByRole('searchbox').fill('EXAMPLE person12');
  await page.waitForURL('**q=EXAMPLE**');
  await expect.poll(() => page.getByRole('row').count()).toBe(12);
  await page.getByRole('row', { name: /Person129/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Person129 Example' }).waitFor();
  await timeline().getByText('o129').waitFor();
  await page.goBack();
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('EXAMPLE person12');

  await button('Clear search').click();
  await button('E-mail consent').click();
  await page.getByRole('menuitem', { name: 'Withdrawn' }).click();
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  await button('Remove filter E-mail consent').click();
  await page.getByRole('searchbox').fill('nobody at all');
  await page.getByRole('heading', { name: 'Nobody fits' }).waitFor();
  await button('Clear search and filters').click();
  await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(50);
});

test('the export has what the list shows, and nothing that a spreadsheet would run', async () => {
  await page.goto(`${customers}?q=hyperlink`);
  await page.getByRole('row').nth(1).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export these' }).click(),
  ]);
  const file = await readFile((await download.path()) ?? '', 'utf8');
  expect(download.suggestedFilename()).toBe('customers-acme.csv');
  expect(file.split('\r\n')).toHaveLength(3);
  expect(file).toContain(`007,person7@shop.example,,"'=HYPERLINK(""x"")",Example`);
});

test('selected customers are deleted after a question', async () => {
  await page.goto(`${customers}?q=person12`);
  await page.getByRole('checkbox', { name: 'Select Person120 Example' }).check();
  await page.getByRole('checkbox', { name: 'Select Person121 Example' }).check();
  await page.getByText('2 selected').waitFor();
  await button('Delete selected').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 2 customers' }).click();
  await page.getByText('2 customers deleted').waitFor();
  await expect.poll(() => page.getByRole('row').count()).toBe(10);
});

test('a colleague who only reads sees everything and changes nothing', async () => {
  const orgId = await organizationId();
  const invitation = { orgId, email: 'ana@example.com', role: 'analyst' };
  const { link } = await ask(ann.context.request, 'members.invite', invitation);
  const ana = await newVisitor(browser, { baseURL: app.url });
  const token = link.split('/').at(-1);
  await ask(ana.context.request, 'accounts.acceptInvitation', { token, name: 'Ana Analyst', password });
  await ana.page.goto(`${customers}?q=zoe`);
  await ana.page.getByRole('row', { name: /Zoë/ }).click();
  await ana.page.getByRole('region', { name: 'Timeline' }).getByText('Asked about').waitFor();
  for (const name of ['Edit customer', 'Record a consent', 'More actions', 'Log call']) {
    expect(await ana.page.getByRole('button', { name }).count(), name).toBe(0);
  }
  expect(ana.faults).toEqual([]);
  await ana.context.close();
});

test('every screen is readable and fits the screen', async () => {
  const { page } = ann;
  await page.goto(`${customers}?q=zoe`);
  await page.getByText('Zoë 🎉 First').first().waitFor();
  expect(await faultsInEveryLook(page)).toEqual([]);
  await page.getByText('Zoë 🎉 First').first().click();
  await page.getByText('Asked about').waitFor();
  expect(await faultsInEveryLook(page)).toEqual([]);
  await page.goto('/o/acme/settings/attributes');
  await page.getByText('loyalty_tier').waitFor();
  expect(await faultsInEveryLook(page)).toEqual([]);
});

test('deleting a customer leads back to the list', async () => {
  await page.goto(`${customers}?q=zoe`);
  await page.getByRole('row', { name: /Zoë/ }).click();
  await button('More actions').click();
  await page.getByRole('menuitem', { name: 'Delete customer' }).click();
  await page.getByRole('dialog').getByText('Who unsubscribed stays unsubscribed').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete customer' }).click();
  await page.waitForURL('**/customers');
  await page.getByText('Customer deleted').waitFor();
});
