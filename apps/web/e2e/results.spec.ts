import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, faultsInEveryLook } from './axe.ts';
import { newVisitor, openBrowser, type Visitor } from './browser.ts';
import { type RunningApp, startApp } from './harness.ts';

let app: RunningApp;
let browser: Browser;
let ann: Visitor;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ann = await newVisitor(browser, { baseURL: app.url });
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const main = (page: Page) => page.getByRole('main');

/** The number that a step of the funnel shows. */
async function funnel(page: Page, step: string): Promise<number> {
  const row = main(page).getByRole('link', { name: new RegExp(`^${step} [\\d,]+`) });
  await row.waitFor();
  return Number((await row.locator('> span').nth(2).textContent())?.replaceAll(',', ''));
}

/** The rows of the file that a button or a menu item downloads, without its head. */
async function fileRows(page: Page, press: () => Promise<void>): Promise<string[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  const text = await readFile(await download.path(), 'utf8');
  return text.trim().split('\r\n').slice(1);
}

describe('a newcomer', () => {
  test('is welcomed, and one button fills the organization with a made-up shop', async () => {
    const { page } = ann;
    await page.goto('/sign-up');
    await page.getByLabel('Your name').fill('Ann Lee');
    await page.getByLabel('Company or team').fill('Roastery Nord');
    await page.getByLabel('E-mail').fill('ann@example.com');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/o/roastery-nord');
    await page.getByRole('heading', { name: 'Welcome to Roastery Nord' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Explore with demo data' }).click();
    await page.getByText('This is demo data').waitFor({ timeout: 90_000 });
    await main(page)
      .getByRole('link', { name: /^Customers 2,000/ })
      .waitFor();
  });

  test('sees the numbers that matter, and each leads to what is behind it', async () => {
    const { page } = ann;
    await main(page)
      .getByRole('link', { name: /^Reachable by e-mail/ })
      .click();
    await page.waitForURL('**/customers?email=granted');
    await page.goBack();
    await main(page)
      .getByRole('link', { name: /^Clicked, of those/ })
      .click();
    await page.waitForURL('**/messages?response=clicked');
    await page.getByRole('heading', { name: /^Messages/ }).waitFor();
    await page.goBack();
    await main(page).getByRole('heading', { name: 'First steps' }).waitFor();
    await main(page)
      .getByRole('link', { name: /^Set the sender/ })
      .waitFor();
  });
});

describe('a report', () => {
  test('agrees with the log and with its files', async () => {
    const { page } = ann;
    await page.goto('/o/roastery-nord');
    await main(page)
      .getByRole('link', { name: /^New harvest: Ethiopia and Peru/ })
      .click();
    await page.getByText(/opened, .* clicked, .* unsubscribed, .* within 7 days/).waitFor();
    const [recipients, opened, clicked] = [
      await funnel(page, 'Recipients'),
      await funnel(page, 'Opened'),
      await funnel(page, 'Clicked'),
    ];
    expect(opened).toBeGreaterThan(clicked);
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const rows = await fileRows(page, () => page.getByRole('menuitem', { name: /^Recipients/ }).click());
    expect(rows).toHaveLength(recipients);
    await main(page)
      .getByRole('link', { name: /^Opened [\d,]+/ })
      .click();
    await page.waitForURL('**/messages?**response=opened**');
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
    await main(page).locator('header').getByText(opened.toLocaleString('en-US'), { exact: true }).waitFor();
    const listed = await fileRows(page, () => page.getByRole('link', { name: 'Export CSV' }).click());
    expect(listed).toHaveLength(opened);
  });

  test('shows when people opened, hour by hour and in all', async () => {
    const { page } = ann;
    await page.goBack();
    await page.getByRole('img', { name: /people opened and .* clicked in this time/ }).waitFor();
    await page.getByText('By hour, first time of each person').waitFor();
    await page.getByText('All', { exact: true }).click();
    await page.getByText('By day, first time of each person').waitFor();
  });
});

describe('the communication log', () => {
  test('narrows by filters in the address and opens a message with its copy', async () => {
    const { page } = ann;
    await page.goto('/o/roastery-nord/messages');
    await page.getByRole('button', { name: 'State' }).click();
    await page.getByRole('menuitem', { name: 'Failed' }).click();
    await page.waitForURL('**/messages?state=failed');
    await main(page).getByText('Address does not exist').first().waitFor();
    await page.goto('/o/roastery-nord/messages?response=clicked');
    await main(page).getByRole('row').nth(1).click();
    const panel = page.getByRole('dialog', { name: 'Message' });
    await panel
      .getByText(/^Clicked/)
      .first()
      .waitFor();
    await panel
      .locator('iframe')
      .contentFrame()
      .getByText(/^Hello /)
      .waitFor();
    await panel
      .getByRole('link', { name: /^https:\/\/roastery\.example\// })
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).searchParams.has('message')).toBe(false);
  });

  test('says what to do when nothing fits', async () => {
    const { page } = ann;
    await page.getByPlaceholder('Whole e-mail address').fill('zzzz-nobody@example.com');
    await page.getByText('No message fits').waitFor();
    await main(page).getByRole('button', { name: 'Clear filters' }).last().click();
    await page.waitForURL('**/messages');
  });
});

test('the palette finds people, segments and campaigns', async () => {
  const { page } = ann;
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').fill('Club');
  await page.getByText('Club early access: Kirinyaga').first().waitFor();
  await page.getByRole('dialog').getByText('Club members').waitFor();
  await page.keyboard.press('Escape');
});

test.each(['', '/messages', '/campaigns/{sent}'])(
  '%s fits every screen, and a check for barriers finds none',
  async (path) => {
    const { page } = ann;
    const sent = await sentCampaign(page);
    const url = `/o/roastery-nord${path.replace('{sent}', sent)}`;
    await page.goto(url);
    await main(page).locator('a, td').first().waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    expect(await faultsInEveryLook(page), url).toEqual([]);
  },
);

async function sentCampaign(page: Page): Promise<string> {
  await page.goto('/o/roastery-nord');
  const link = main(page).getByRole('link', { name: /^New harvest: Ethiopia and Peru/ });
  await link.waitFor();
  return (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
}

test('one button takes the demo away again', async () => {
  const { page, faults } = ann;
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto('/o/roastery-nord');
  await page.getByRole('button', { name: 'Remove demo data' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove demo data' }).click();
  await page.getByRole('heading', { name: 'Welcome to Roastery Nord' }).waitFor({ timeout: 60_000 });
  await page.goto('/o/roastery-nord/customers');
  await page.getByText('No customers yet').waitFor();
  await page.getByRole('button', { name: 'Explore with demo data' }).waitFor();
  expect(faults).toEqual([]);
});
