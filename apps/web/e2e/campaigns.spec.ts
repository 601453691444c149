import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SmtpLedger, startSmtp } from '../../server/src/testing/smtp-ledger.ts';
import { axeFaults, faultsInEveryLook } from './axe.ts';
import { newVisitor, openBrowser, type Visitor } from './browser.ts';
import { type RunningApp, startApp } from './harness.ts';

let app: RunningApp;
let smtp: SmtpLedger;
let browser: Browser;
let ann: Visitor;
let page: Page;
let orgId: string;

const campaigns = '/o/roastery/campaigns';

beforeAll(async () => {
  smtp = await startSmtp();
  [app, browser] = await Promise.all([startApp({ env: { SMTP_URL: smtp.url } }), openBrowser()]);
  ann = await newVisitor(browser, { baseURL: app.url });
  ann.context.setDefaultTimeout(45_000);
  page = ann.page;
  const person = {
    name: 'Ann Lee',
    email: 'ann@example.com',
    password: 'correct horse battery',
    organizationName: 'Roastery',
  };
  await post('accounts.signUp', person);
  const me = await (await ann.context.request.get('/api/trpc/accounts.me')).json();
  orgId = me.result.data.organizations[0].id;
  await post('demo.fill', { orgId });
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await smtp?.stop();
});

const post = (procedure: string, data: object) =>
  ann.context.request.post(`/api/trpc/${procedure}`, { data, timeout: 120_000 });

const button = (name: string | RegExp) => page.getByRole('button', { name });
const step = (name: string) =>
  page.getByRole('navigation', { name: 'Steps of the campaign' }).getByRole('button', { name });
/** Waits on a slow machine as well. */
const soon = { timeout: 30_000 };
const saved = () => page.getByText('Saved', { exact: true }).waitFor();
const number = (text: string) => Number(text.replace(/[^\d]/g, ''));
const reachable = async () => number((await page.getByTestId('reachable').textContent()) ?? '');

/** A new draft in its wizard, with a name of its own. */
async function newCampaign(name: string): Promise<void> {
  await page.goto(campaigns);
  await button('New campaign').click();
  const field = page.getByRole('textbox', { name: 'Name of the campaign' });
  await field.waitFor();
  await field.fill(name);
}

/** Chooses segments in one of the two lists. */
async function choose(list: 'Send to' | 'Leave out', ...names: string[]): Promise<void> {
  await page.getByRole('combobox', { name: list }).click();
  for (const name of names) await page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
  await page.keyboard.press('Escape');
}

/** The numbers of the waterfall: what it starts with, what leaves, and who is left. */
async function waterfall(): Promise<{ start: number; steps: number[]; end: number }> {
  const lines = await page.getByRole('complementary').getByRole('listitem').allInnerTexts();
  const numbers = lines.map((line) => number(line.trim().split('\n').at(-1) ?? ''));
  return { start: numbers[0] ?? 0, steps: numbers.slice(1, -1), end: numbers.at(-1) ?? 0 };
}

describe('the wizard', () => {
  test('counts from the chosen segments down to exactly who gets it', async () => {
    await newCampaign('Winter letter');
    await choose('Send to', 'Club members', 'Regulars');
    await choose('Leave out', 'Lapsed customers');
    await page.getByText(/^Most are left out|^The chosen segments|^Everybody in/).waitFor();
    await expect.poll(async () => (await waterfall()).steps[1], soon).toBeGreaterThan(0);
    const { start, steps, end } = await waterfall();
    expect(start - steps.reduce((sum, count) => sum + count, 0)).toBe(end);
    expect(end).toBe(await reachable());
    expect(steps[0]).toBeGreaterThan(0);
  });

  test('is left and taken up again at the same place', async () => {
    await saved();
    await button('Continue to content').click();
    await page.getByLabel('Subject', { exact: true }).fill('A letter for {{ customer.firstName | default: "you" }}');
    await saved();
    await page.goto(campaigns);
    await page.getByRole('row').filter({ hasText: 'Winter letter' }).click();
    await step('Content').waitFor();
    expect(await step('Content').getAttribute('aria-current')).toBe('step');
    expect(await page.getByLabel('Subject', { exact: true }).inputValue()).toContain('A letter for');
    expect(await page.getByRole('textbox', { name: 'Name of the campaign' }).inputValue()).toBe('Winter letter');
  });

  test('shows the message as a customer gets it, says what is wrong with it, and sends a test', async () => {
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByText(/^A letter for \p{L}/u).waitFor();
    const message = page.frameLocator('iframe[title="Message"]');
    await message.getByText(/^Hello \p{L}/u).waitFor();

    const design = page.getByLabel('Design in MJML');
    const source = await design.inputValue();
    await design.fill(source.replace('customer.firstName', 'customer.fristName'));
    await preview.getByText('Nobody has “customer.fristName”. Check its spelling.').waitFor();
    await design.fill(source.replace('</mj-text>', ''));
    await preview.getByText(/^The design has a fault/).waitFor();
    await design.fill(source);
    await preview.getByText(/fault|Nobody has/).waitFor({ state: 'detached' });

    await page.getByLabel('From address').fill('news@roastery.example');
    await saved();
    await button('Send test').click();
    await page.getByText('Test sent to ann@example.com').waitFor();
    const [mail] = smtp.to('ann@example.com');
    expect(mail?.message.headers.get('subject')?.[0]).toMatch(/^\[Test\] A letter for /);
    expect(mail?.message.html).not.toContain('{{');
    expect(mail?.message.text).toContain('Unsubscribe');
  });

  test('names each fault in the review with the way to its field', async () => {
    await page.getByLabel('Subject', { exact: true }).fill('');
    await step('Review').click();
    await page.getByRole('heading', { name: '2 things to mend first' }).waitFor();
    expect(await button(/^Send to/).getAttribute('aria-disabled')).toBe('true');
    const fault = page.getByRole('listitem').filter({ hasText: 'The subject is empty.' });
    await fault.getByRole('button', { name: 'Go to content' }).click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-field')), soon)
      .toBe('content.subject');
    await page.keyboard.type('A letter for everybody');
    await step('Review').click();
    await page.getByText('The organization has no postal address.').waitFor();
    await page.getByRole('link', { name: 'Open settings' }).click();
    await page.getByLabel('From address').fill('news@roastery.example');
    await page.getByLabel('Postal address').fill('Roastery\n1 Main Street\nBoston');
    await button('Save settings').click();
    await page.getByText('Settings saved').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Ready to go out' }).waitFor();
  });

  test('is readable and fits the screen in every step', async () => {
    for (const name of ['Audience', 'Content', 'When', 'Review']) {
      await step(name).click();
      await expect.poll(() => step(name).getAttribute('aria-current'), soon).toBe('step');
      if (name === 'Content')
        await page
          .frameLocator('iframe[title="Message"]')
          .getByText(/^Hello/)
          .waitFor();
      expect(await faultsInEveryLook(page), name).toEqual([]);
    }
  });

  test('is walked through by keyboard', async () => {
    await step('Audience').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: 'People in segments' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('radio', { name: 'Marketing' }).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(reachable, soon).toBeGreaterThan(1_000);
    expect(await page.getByRole('radio', { name: 'Everyone' }).getAttribute('aria-checked')).toBe('true');
    await saved();
    for (const name of ['content', 'when', 'review']) {
      await button(`Continue to ${name}`).focus();
      await page.keyboard.press('Enter');
    }
    await page.getByRole('heading', { name: 'Ready to go out' }).waitFor();
  });
});

describe('a sending', () => {
  let expected = 0;

  test('asks once more above a thousand people and then runs before one’s eyes', async () => {
    smtp.clear();
    smtp.answer({ stage: 'rcpt', code: 250, delayMs: 40 });
    // So few that the campaign doesn't halt by itself.
    smtp.answer({ stage: 'rcpt', code: 550, text: '5.1.1 no such user', recipient: /^am/ });
    expected = await reachable();
    const people = `${expected.toLocaleString('en-US')} people`;
    await button(`Send to ${people}`).click();
    const dialog = page.getByRole('dialog', { name: `Send to ${people}?` });
    await dialog.getByRole('button', { name: `Send to ${people}` }).click();
    await page.getByText('Campaign is on its way').waitFor();
    const bar = page.getByRole('progressbar', { name: 'Messages settled' });
    await expect
      .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 30_000 })
      .toBeGreaterThan(50);
    expect(Number(await bar.getAttribute('aria-valuemax'))).toBe(expected);
    expect(await axeFaults(page)).toEqual([]);
  });

  test('is paused, stays where it is, and goes on', async () => {
    await button('Pause sending').click();
    await button('Resume sending').waitFor();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const before = smtp.accepted.length;
    expect(before).toBeLessThan(expected);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(smtp.accepted.length).toBe(before);
    await button('Resume sending').click();
    await page.getByText('Finished', { exact: true }).waitFor({ timeout: 120_000 });
  });

  test('went to each of them once, and the refused are named with their reason', async () => {
    const distinct = new Set(smtp.accepted.map(({ recipient }) => recipient));
    const refused = new Set(smtp.refused.map(({ recipient }) => recipient));
    expect(distinct.size).toBe(smtp.accepted.length);
    expect(distinct.size + refused.size).toBe(expected);
    expect(refused.size).toBeGreaterThan(0);
    await page
      .getByText(`Sent to ${distinct.size.toLocaleString('en-US')} of ${expected.toLocaleString('en-US')} people`)
      .waitFor();
    await page.getByText('Address does not exist').first().waitFor();
  });

  test('is duplicated into a new draft', async () => {
    await button('Duplicate campaign').click();
    const field = page.getByRole('textbox', { name: 'Name of the campaign' });
    await field.waitFor();
    expect(await field.inputValue()).toBe('Winter letter copy');
  });
});

describe('a time', () => {
  test('is waited for, and the campaign taken back before it', async () => {
    await step('When').click();
    await page.getByRole('radio', { name: 'At a time' }).click();
    await button('Tomorrow at 9:00').click();
    await saved();
    await button('Continue to review').click();
    await page.getByRole('heading', { name: 'Ready to go out' }).waitFor();
    await button(/^Schedule for /).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Schedule for / })
      .click();
    await page.getByText(/^Goes out in \d+ hours|^Goes out /).waitFor();
    await button('Back to draft').click();
    await button('Continue to content')
      .or(button('Continue to when'))
      .or(button(/^Schedule for/))
      .first()
      .waitFor();
  });
});

describe('the list', () => {
  test('finds campaigns by name and state, and deletes a draft', async () => {
    await page.goto(campaigns);
    await page.getByRole('searchbox').or(page.getByPlaceholder('Search campaigns')).first().fill('winter');
    await page.getByRole('row').filter({ hasText: 'Winter letter copy' }).waitFor();
    await expect.poll(() => page.getByRole('row').count(), soon).toBe(3);
    await page.getByRole('row').filter({ hasText: 'Winter letter copy' }).click();
    await button('More actions').click();
    await page.getByRole('menuitem', { name: 'Delete draft' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete draft' }).click();
    await page.getByText('Draft deleted').waitFor();
    await page.goto(`${campaigns}?q=winter`);
    await expect.poll(() => page.getByRole('row').count(), soon).toBe(2);
  });

  test('showed no fault in the console of the browser all the way', () => {
    expect(ann.faults).toEqual([]);
  });
});
