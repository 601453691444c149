import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../packages/db/src/database.ts';
import { type SmtpLedger, startSmtp } from '../../server/src/testing/smtp-ledger.ts';
import { newVisitor, openBrowser, type Visitor } from './browser.ts';
import { countPeople, customerIds, customersFile, isWhole, orders, ordersFile, totalCents } from './cdnow.ts';
import { type RunningApp, startApp } from './harness.ts';

// The main job, end to end, as a marketer does it: on all of CDNOW where it lies beside the repository, else on a part.

let app: RunningApp;
let browser: Browser;
let smtp: SmtpLedger;
let ann: Visitor;
let page: Page;
let campaignUrl: string;

beforeAll(async () => {
  smtp = await startSmtp();
  [app, browser] = await Promise.all([startApp({ env: { SMTP_URL: smtp.url } }), openBrowser()]);
  ann = await newVisitor(browser, { baseURL: app.url });
  page = ann.page;
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await smtp?.stop();
});

const figures = new Intl.NumberFormat('en-US');
const inHalfYear = ({ on }: { on: string }) => on >= '1997-01-01' && on < '1997-07-01';
const active = countPeople((own) => own.filter(inHalfYear).length >= 3);
const worthwhile = countPeople(
  (own) => own.filter(inHalfYear).length >= 3 && totalCents(own.filter(inHalfYear)) >= 10_000,
);
const lapsed = countPeople((own) => own.every(({ on }) => on < '1998-01-01'));
const lostGood = countPeople((own) => own.every(({ on }) => on < '1998-01-01') && totalCents(own) >= 50_000);
const once = countPeople((own) => own.length === 1);

const go = async (path: string, heading: string) => {
  await page.goto(`/o/cdnow${path}`);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
};

test.runIf(isWhole)('counts by hand what is known of the whole data set', () => {
  expect([customerIds.length, orders.length, totalCents(orders)]).toEqual([23_570, 69_659, 250_031_563]);
  expect([active, worthwhile, lapsed, lostGood, once]).toEqual([3780, 2270, 18_196, 93, 11_908]);
});

describe('a marketer', () => {
  test('signs up', async () => {
    await page.goto('/sign-up');
    await page.getByLabel('Your name').fill('Ann Lee');
    await page.getByLabel('Company or team').fill('CDNOW');
    await page.getByLabel('E-mail').fill('ann@cdnow.example');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/o/cdnow');
  });

  async function importFile(file: string, noun: string, count: number, options: () => Promise<void>) {
    await go('/customers/import', 'Import customers or orders');
    await page.setInputFiles('input[type=file]', file);
    await page.getByRole('button', { name: 'Continue to options' }).click();
    await options();
    await page.getByRole('button', { name: 'Check the file' }).click();
    const start = page.getByRole('button', { name: `Import ${figures.format(count)} ${noun}` });
    await start.click({ timeout: 120_000 });
    const done = `${figures.format(count)} ${noun} added from ${figures.format(count)} rows.`;
    await page.getByText(done).waitFor({ timeout: 240_000 });
  }

  async function consent() {
    await page.getByRole('radio', { name: /^Yes, everybody/ }).check();
    await page.getByLabel('When, at the latest').fill('1 Jan 1997');
    await page.getByLabel('How', { exact: true }).fill('Ticked the box when ordering in the shop');
  }

  test('imports the customers with a consent basis', async () => {
    await importFile(customersFile, 'customers', customerIds.length, consent);
  });

  test('imports their orders, to the cent and with those of nothing', async () => {
    await importFile(ordersFile, 'orders', orders.length, async () => undefined);
    const database = await connect(app.mongoUri);
    const count = { $sum: 1 };
    const sum = {
      _id: null,
      count,
      total: { $sum: '$total' },
      free: { $sum: { $cond: [{ $eq: ['$total', 0] }, 1, 0] } },
    };
    const [stored] = await database.driver
      .collection('events')
      .aggregate([{ $group: sum }])
      .toArray();
    const people = { _id: null, count, revenue: { $sum: '$rollups.revenue' }, orders: { $sum: '$rollups.orderCount' } };
    const [rolledUp] = await database.driver
      .collection('customers')
      .aggregate([{ $group: people }])
      .toArray();
    await database.close();
    const free = orders.filter(({ cents }) => cents === 0).length;
    expect(stored).toMatchObject({ count: orders.length, total: totalCents(orders), free });
    expect(rolledUp).toMatchObject({ count: customerIds.length, revenue: totalCents(orders), orders: orders.length });
  });

  const sized = (size: number) =>
    page
      .getByRole('status', { name: 'Number of people' })
      .getByText(figures.format(size), { exact: true })
      .waitFor({ timeout: 60_000 });

  async function condition(row: number, set: { measure?: string; comparison?: string; value: string; time: string[] }) {
    await page.getByRole('combobox', { name: 'Add condition' }).last().click();
    await page.getByRole('option', { name: 'Orders', exact: true }).click();
    const choose = async (part: string, option: string) => {
      await page
        .getByRole('combobox', { name: `Orders: ${part}`, exact: true })
        .nth(row)
        .click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };
    if (set.measure) await choose('measure', set.measure);
    if (set.comparison) await choose('comparison', set.comparison);
    await page.getByRole('textbox', { name: 'Orders: value', exact: true }).nth(row).fill(set.value);
    const [time = '', ...days] = set.time;
    await choose('time', time);
    if (days.length === 1)
      await page
        .getByLabel('Orders: time: day')
        .nth(0)
        .fill(days[0] ?? '');
    if (days.length === 2) {
      await page
        .getByLabel('Orders: time: first day')
        .nth(row)
        .fill(days[0] ?? '');
      await page
        .getByLabel('Orders: time: last day')
        .nth(row)
        .fill(days[1] ?? '');
    }
  }

  const halfYear = ['from … to', '1997-01-01', '1997-06-30'];

  test('sees the exact size of each audience while building it', async () => {
    await go('/segments/new', 'New segment');
    await condition(0, { comparison: 'exactly', value: '1', time: ['at any time'] });
    await sized(once);

    await go('/segments/new', 'New segment');
    await condition(0, { comparison: 'exactly', value: '0', time: ['since', '1998-01-01'] });
    await sized(lapsed);
    await condition(1, { measure: 'total, added up', value: '500', time: ['at any time'] });
    await sized(lostGood);

    await go('/segments/new', 'New segment');
    await condition(0, { value: '3', time: halfYear });
    await sized(active);
    await condition(1, { measure: 'total, added up', value: '100', time: halfYear });
    await sized(worthwhile);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Worth a letter');
    await page.getByRole('button', { name: 'Create segment' }).click();
    await page.getByRole('heading', { level: 1, name: 'Worth a letter' }).waitFor();
  });

  test('says who the mail comes from', async () => {
    await go('/settings', 'Settings');
    await page.getByLabel('From address').fill('news@cdnow.example');
    await page.getByLabel('Postal address').fill('1 Record Row\nFort Washington');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('Settings saved').waitFor();
  });

  async function newCampaign() {
    await page.goto('/o/cdnow/campaigns/new');
    await page.waitForURL(/campaigns\/cmp_/);
    await page.getByRole('radio', { name: /^People in segments/ }).check();
    await page
      .getByRole('textbox', { name: 'Send to' })
      .or(page.getByRole('combobox', { name: 'Send to' }))
      .first()
      .click();
    await page.getByRole('option', { name: /^Worth a letter/ }).click();
    await page.keyboard.press('Escape');
  }

  test('launches a campaign to exactly these people', async () => {
    await newCampaign();
    await page.getByTestId('reachable').getByText(figures.format(worthwhile), { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Continue to content' }).click();
    await page.getByLabel('Subject').fill('Hello {{ customer.firstName | default: "there" }} 🎵');
    await page.getByRole('button', { name: 'Continue to when' }).click();
    await page.getByRole('button', { name: 'Continue to review' }).click();
    const send = `Send to ${figures.format(worthwhile)} people`;
    await page.getByRole('button', { name: send }).click();
    if (worthwhile > 1000) await page.getByRole('dialog').getByRole('button', { name: send }).click();
    await page.getByRole('button', { name: 'Duplicate campaign' }).waitFor();
    campaignUrl = page.url();
  });

  test('watches it go out without a reload, once to each', async () => {
    await page.getByText('Finished').waitFor({ timeout: 240_000 });
    const recipients = smtp.accepted.map(({ recipient }) => recipient);
    expect(recipients).toHaveLength(worthwhile);
    expect(new Set(recipients).size).toBe(worthwhile);
    await funnel('Sent', worthwhile);
    await go('/messages', `Messages`);
    await page.getByRole('heading', { level: 1 }).locator('..').getByText(figures.format(worthwhile)).waitFor();
  });

  async function funnel(step: string, count: number) {
    const link = page.getByRole('link', { name: new RegExp(`^${step} ${figures.format(count)}\\b`) });
    await link.waitFor({ timeout: 90_000 });
  }

  test('reads that one reader opened, clicked and unsubscribed', async () => {
    const mail = smtp.accepted[0];
    const html = mail?.message.html ?? '';
    const urls = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'));
    const [pixel, link] = [urls.find((url) => url.includes('/t/o/')), urls.find((url) => url.includes('/t/c/'))];
    const leave = /<([^>]+\/u\/[^>]+)>/.exec(mail?.message.headers.get('list-unsubscribe')?.[0] ?? '')?.[1] ?? '';

    expect((await fetch(pixel ?? '')).headers.get('content-type')).toBe('image/gif');
    const click = await fetch(link ?? '', { redirect: 'manual' });
    expect(click.status).toBe(302);
    const reader = await newVisitor(browser, { baseURL: app.url });
    await reader.page.goto(leave);
    await reader.page.getByRole('button', { name: /unsubscribe/i }).click();
    await reader.page
      .getByText(/unsubscribed/i)
      .first()
      .waitFor();
    await reader.context.close();

    await page.goto(campaignUrl);
    await funnel('Opened', 1);
    await funnel('Clicked', 1);
    await funnel('Unsubscribed', 1);
  });

  test('finds that person left out of the next campaign', async () => {
    await newCampaign();
    await page
      .getByTestId('reachable')
      .getByText(figures.format(worthwhile - 1), { exact: true })
      .waitFor();
  });

  test('met no fault in the console', () => {
    expect(ann.faults).toEqual([]);
  });
});
