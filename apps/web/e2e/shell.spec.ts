import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newVisitor, openBrowser, type Visitor, viewports } from './browser.ts';
import { type RunningApp, startApp } from './harness.ts';

let app: RunningApp;
let browser: Browser;
let ann: Visitor;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ann = await newVisitor(browser, { baseURL: app.url });
  const { page } = ann;
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill('Ann Lee');
  await page.getByLabel('Company or team').fill('Acme');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ann@example.com');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/o/acme');
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

test('the palette opens by keyboard, finds a page and goes there', async () => {
  const { page } = ann;
  await page.goto('/o/acme/settings/profile');
  await page.getByRole('heading', { name: 'Password' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Search' }).fill('segm');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/o/acme/segments*');
});

test('the palette finds people as one types, and Enter opens the first', async () => {
  const { page } = ann;
  await page.goto('/o/acme/settings');
  await page.evaluate(async () => {
    const me = (await (await fetch('/api/trpc/accounts.me')).json()) as MeAnswer;
    const orgId = me.result.data.organizations[0]?.id;
    const names = { firstName: 'Zelda', lastName: 'Quince', email: 'zelda@example.com' };
    const rest = { externalId: null, phone: null, timeZone: null, locale: null, attributes: {} };
    const body = JSON.stringify({ orgId, ...names, ...rest });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/api/trpc/customers.create', { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(await answer.text());
  });
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Search' }).fill('quince');
  await page.getByText('zelda@example.com').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/o/acme/customers/cus_*');
  await expect.poll(() => page.title()).toBe('Zelda Quince · Customers · Acme');
});

test('the colour scheme is kept, and stands before the app has loaded', async () => {
  const { page } = ann;
  await page.goto('/o/acme/settings');
  await page.getByRole('button', { name: 'Account of Ann Lee' }).click();
  await page.getByText('Dark', { exact: true }).click();
  await expect.poll(() => scheme(page)).toBe('dark');
  // Without the app's own scripts only what stands in the page's head can have set it.
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.goto('/o/acme/settings');
  expect(await scheme(page)).toBe('dark');
  await page.unroute('**/assets/*.js');
});

test('the folded menu stays folded, and its icons keep their names', async () => {
  const { page } = ann;
  await page.goto('/o/acme/settings');
  await page.getByRole('button', { name: 'Fold menu' }).click();
  await page.reload();
  const rail = page.getByRole('navigation', { name: 'Main', exact: true });
  await page.getByRole('button', { name: 'Unfold menu' }).waitFor();
  expect((await rail.boundingBox())?.width).toBeLessThan(64);
  await rail.getByRole('link', { name: 'Customers' }).click();
  await page.waitForURL('**/o/acme/customers*');
});

test('on a phone the menu is at the bottom', async () => {
  const { page } = ann;
  await page.setViewportSize(viewports.phone);
  await page.goto('/o/acme/settings');
  await page.getByRole('navigation', { name: 'Main, at the bottom' }).getByRole('link', { name: 'Campaigns' }).click();
  await page.waitForURL('**/o/acme/campaigns*');
  await page.setViewportSize(viewports.desktop);
});

test('the settings are a list beside the page, and one menu on a phone', async () => {
  const { page } = ann;
  await page.goto('/o/acme/settings');
  const settings = page.getByRole('navigation', { name: 'Settings' });
  await settings.getByRole('list', { name: 'Data' }).getByRole('link', { name: 'API keys' }).click();
  await page.waitForURL('**/settings/api-keys');
  await expect.poll(() => settings.locator('[aria-current="page"]').allInnerTexts()).toEqual(['API keys']);
  await page.setViewportSize(viewports.phone);
  await settings.getByRole('button', { name: 'API keys' }).click();
  await page.getByRole('menuitem', { name: 'Retention' }).click();
  await page.waitForURL('**/settings/retention');
  await settings.getByRole('button', { name: 'Retention' }).waitFor();
  expect(await settings.getByRole('link').count()).toBe(0);
  await page.setViewportSize(viewports.desktop);
});

test('unsaved settings are not lost by a click elsewhere', async () => {
  const { page } = ann;
  await page.goto('/o/acme/settings');
  await page.getByLabel('From name').fill('Acme News');
  await page.getByRole('link', { name: 'Members' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(await page.getByLabel('From name').inputValue()).toBe('Acme News');
  await page.getByRole('link', { name: 'Members' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard changes' }).click();
  await page.waitForURL('**/settings/members');
  await page.goto('/o/acme/settings');
  await expect.poll(() => page.getByLabel('From name').inputValue()).toBe('Acme');
});

test('an unknown page and an unknown organization say so', async () => {
  const { page } = ann;
  await page.goto('/o/acme/nothing-here');
  await page.getByText('There is nothing at this address').waitFor();
  await page.getByRole('navigation', { name: 'Main', exact: true }).waitFor();
  await page.goto('/o/elsewhere');
  await page.getByText('You have no organization of this name').waitFor();
  await page.goto('/nothing-here');
  await page.getByText('There is nothing at this address').waitFor();
});

test('a server that can not be reached is said in words, and trying again works', async () => {
  const { page } = ann;
  await page.route('**/api/trpc/**', (route) => route.abort());
  await page.goto('/o/acme/settings');
  await page.getByText('The server can’t be reached').waitFor();
  await page.unroute('**/api/trpc/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByLabel('From name').waitFor();
});

test('a session that was ended elsewhere leads to sign-in and back again', async () => {
  const { page, context } = ann;
  await page.goto('/o/acme/settings/members');
  await page.getByRole('button', { name: 'Invite member' }).waitFor();
  await context.clearCookies();
  await page.getByRole('button', { name: 'Invite member' }).click();
  await page.getByRole('textbox', { name: 'E-mail' }).fill('bob@example.com');
  await page.getByRole('button', { name: 'Create invitation' }).click();
  await page.waitForURL('**/sign-in?next=**');
  // The address changes before the page does: until then there is still an "E-mail" in the dialog.
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ann@example.com');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/o/acme/settings/members');
});

interface MeAnswer {
  readonly result: { readonly data: { readonly organizations: readonly { readonly id: string }[] } };
}

const scheme = (page: Page) => page.evaluate('document.documentElement.dataset.mantineColorScheme');
