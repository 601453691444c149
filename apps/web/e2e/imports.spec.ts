import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults } from './axe.ts';
import { newVisitor, openBrowser, type Visitor, viewports } from './browser.ts';
import { type RunningApp, startApp } from './harness.ts';

let app: RunningApp;
let browser: Browser;
let ann: Visitor;
let page: Page;
let base: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ env: { IMPORT_MAX_BYTES: '5000000' } }), openBrowser()]);
  ann = await newVisitor(browser, { baseURL: app.url });
  page = ann.page;
  const person = {
    name: 'Ann Lee',
    email: 'ann@example.com',
    password: 'correct horse battery',
    organizationName: 'Acme',
  };
  await ann.context.request.post('/api/trpc/accounts.signUp', { data: person });
  base = '/o/acme';
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

async function drop(text: string | Buffer, name = 'people.csv', on: Page = page): Promise<void> {
  await on.goto(`${base}/customers/import`);
  const file = { name, mimeType: 'text/csv', buffer: Buffer.from(text) };
  await on.locator('input[type=file]').setInputFiles(file);
}

/** From the columns to the check, without consent. */
async function check(on: Page = page): Promise<void> {
  await on.getByRole('button', { name: 'Continue to options' }).click();
  const no = on.getByLabel('No, or I am not sure');
  if (await no.isVisible({ timeout: 1 }).catch(() => false)) await no.check();
  await on.getByRole('button', { name: 'Check the file' }).click();
  await on.getByRole('heading', { name: 'This is what will happen' }).waitFor();
}

describe('a file that is no CSV in UTF-8 is refused with words, and nothing of it is kept', () => {
  test.each([
    [
      'an Excel file',
      Buffer.from('504b030414000600', 'hex'),
      'This is not a CSV file, it looks like an Excel or ZIP file',
    ],
    ['Latin-1', Buffer.from('email,name\na@example.com,Zo\xeb\n', 'latin1'), 'This file is not written in UTF-8'],
    ['too large a file', Buffer.alloc(5_000_001, 'a,b\n'), 'This file is too large'],
    ['nothing', Buffer.from(' '), 'This file is empty'],
  ])('%s', async (_, bytes, words) => {
    await drop(bytes);
    await page.getByRole('alert').getByText(words).waitFor();
    expect(await page.getByText('Drop a CSV file here').isVisible()).toBe(true);
  });
});

test('rows that don’t fit are refused, downloaded, mended and imported; the same file again changes nothing', async () => {
  await drop('Customer ID;E-Mail;First name;PLZ\n007;ada@example.com;Ada;01099\n008;grace@example;Grace;10115\n');
  await page.getByText('Where each column goes').waitFor();
  expect(await page.getByRole('combobox', { name: 'Customer ID goes to' }).inputValue()).toBe('Customer id');
  expect(await page.getByRole('combobox', { name: 'Type of PLZ' }).inputValue()).toBe('Text');
  await check();
  await page.getByText('“grace@example” is not an e-mail address.').waitFor();
  await page.getByRole('button', { name: 'Import 1 customer' }).click();
  await page.getByText('1 customer added from 2 rows.').waitFor();

  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download refused rows' }).click();
  const refused = await readFile(await (await waiting).path(), 'utf8');
  expect(refused).toContain('3,E-Mail: “grace@example” is not an e-mail address.,008,grace@example,Grace,10115');

  const mended = refused.replace('008,grace@example,', '008,grace@example.com,');
  await drop(mended, 'mended.csv');
  await check();
  await page.getByRole('button', { name: 'Import 1 customer' }).click();
  await page.getByText('1 customer added from 1 row.').waitFor();

  await drop(mended, 'mended.csv');
  await check();
  await page.getByRole('button', { name: 'Import 1 customer' }).click();
  await page.getByText('Everything in this file was here already.').waitFor();

  await page.goto(`${base}/customers`);
  await page.getByText('grace@example.com').first().waitFor();
  expect(ann.faults.filter((fault) => !/4(13|22)/.test(fault))).toEqual([]);
});

test('the wizard keeps what was decided over back, forward and a reload, and asks for no more than it must', async () => {
  await drop('email,joined\nb@example.com,03/04/2024\n', 'dates.csv');
  await page.getByRole('textbox', { name: 'Name of the new attribute for joined' }).fill('Member since');
  await page.getByRole('button', { name: 'Continue to options' }).click();
  await page.getByText('The dates of this file allow both.').waitFor();
  const next = page.getByRole('button', { name: 'Check the file' });
  expect(await next.isDisabled()).toBe(true);
  await page.getByRole('combobox', { name: 'Dates' }).click();
  await page.getByRole('option', { name: '03/04/2026 is 3 April' }).click();
  await page.getByLabel('Yes, everybody in this file agreed').check();
  expect(await next.isDisabled()).toBe(true);
  await page.getByLabel('No, or I am not sure').check();
  expect(await next.isEnabled()).toBe(true);

  await page.goBack();
  await page.getByRole('textbox', { name: 'Name of the new attribute for joined' }).waitFor();
  await page.reload();
  const label = page.getByRole('textbox', { name: 'Name of the new attribute for joined' });
  await label.waitFor();
  expect(await label.inputValue()).toBe('Member since');
  await page.goForward();
  await page.getByLabel('No, or I am not sure').waitFor();
  expect(await page.getByLabel('No, or I am not sure').isChecked()).toBe(true);
  expect(await next.isEnabled()).toBe(true);
});

test('a mapping that can’t find people says so, and orders ask for their customer', async () => {
  await drop('first,last\nAda,Lovelace\n', 'names.csv');
  await page.getByText('so that people are found again').waitFor();
  expect(await page.getByRole('button', { name: 'Continue to options' }).isDisabled()).toBe(true);
  await page.getByText('An order', { exact: true }).click();
  await page.getByText('so that each order finds its customer').waitFor();
});

test('an analyst sees the history and can’t import', async () => {
  await page.goto(`${base}/imports`);
  await page.getByText('mended.csv').first().waitFor();
  const invited = await ann.context.request.post('/api/trpc/members.invite', {
    data: { orgId: await organizationId(), email: 'ron@example.com', role: 'analyst' },
  });
  const { link } = (await invited.json()).result.data;
  const ron = await newVisitor(browser, { baseURL: app.url });
  await ron.context.request.post('/api/trpc/accounts.acceptInvitation', {
    data: { token: link.split('/').at(-1), name: 'Ron', password: 'correct horse battery' },
  });
  await ron.page.goto(`${base}/imports`);
  await ron.page.getByText('mended.csv').first().waitFor();
  const button = ron.page.getByRole('button', { name: 'Import a file' });
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await ron.context.close();
});

test('every step works on a phone, without sideways scrolling, and axe finds nothing wrong', async () => {
  const phone = await ann.context.newPage();
  await phone.setViewportSize(viewports.phone);
  const fits = async () => {
    const wider = await phone.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(wider).toBe(0);
    expect(await axeFaults(phone)).toEqual([]);
  };
  await phone.goto(`${base}/customers/import`);
  await phone.getByText('Drop a CSV file here').waitFor();
  await fits();
  await drop('customer_id,email,city,amount_spent\n21,z@example.com,Lyon,12.50\n22,bad,Lyon,1\n', 'phone.csv', phone);
  await phone.getByText('Where each column goes').waitFor();
  await fits();
  await check(phone);
  await fits();
  await phone.getByRole('button', { name: 'Import 1 customer' }).click();
  await phone.getByText('1 customer added from 2 rows.').waitFor();
  await fits();
  await phone.close();
});

async function organizationId(): Promise<string> {
  const me = await (await ann.context.request.get('/api/trpc/accounts.me')).json();
  return me.result.data.organizations[0].id;
}
