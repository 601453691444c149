import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsInEveryLook } from './axe.ts';
import { newVisitor, openBrowser, type Visitor } from './browser.ts';
import { type RunningApp, startApp } from './harness.ts';

const password = 'correct horse battery';

let app: RunningApp;
let browser: Browser;
let ann: Visitor;
let bob: Visitor;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ann = await newVisitor(browser, { baseURL: app.url });
  bob = await newVisitor(browser, { baseURL: app.url });
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

describe('one person', () => {
  test('signs up with the keyboard alone and stands in a new organization', async () => {
    const { page } = ann;
    await page.goto('/');
    await page.waitForURL('**/sign-up');
    await page.getByLabel('Your name').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Ann Lee');
    for (const words of ['Acme Records', 'ann@example.com', 'too short']) {
      await page.keyboard.press('Tab');
      await page.keyboard.type(words);
    }
    await page.keyboard.press('Enter');
    await page.getByText('Use at least 10 characters.').waitFor();
    await page.getByLabel('Password', { exact: true }).and(page.locator(':focus')).fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/o/acme-records');
  });

  test('signs out, is led back to where they were, and is told of a wrong password', async () => {
    const { page } = ann;
    await page.getByRole('button', { name: 'Account of Ann Lee' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    await page.goto('/o/acme-records/settings/members');
    await page.waitForURL('**/sign-in?next=**');
    await signIn(page, 'ann@example.com', 'not the password');
    await page.getByRole('alert').getByText('do not belong together').waitFor();
    await signIn(page, 'ann@example.com', password);
    await page.waitForURL('**/o/acme-records/settings/members');
    await page.getByText('Ann Lee').first().waitFor();
  });

  test('can not sign up twice with one address', async () => {
    const visitor = await newVisitor(browser, { baseURL: app.url });
    await signUp(visitor.page, { name: 'Another Ann', email: 'ANN@example.com', organization: 'Elsewhere' });
    await visitor.page.getByText('There is an account with this e-mail address already').waitFor();
    await visitor.context.close();
  });

  test('saves the settings of the organization, and finds them again', async () => {
    const { page } = ann;
    await page.goto('/o/acme-records/settings');
    await page.getByLabel('From address').fill('nonsense');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('This does not fit').waitFor();
    await page.getByLabel('From address').fill('news@example.com');
    await page.getByLabel('Postal address').fill('1 Acme Street\nSpringfield');
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Tokyo');
    await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('Settings saved').waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel('From address').inputValue()).toBe('news@example.com');
    expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Asia/Tokyo');
  });

  test('is told what to do where no mail server can send a reset link', async () => {
    const visitor = await newVisitor(browser, { baseURL: app.url });
    await visitor.page.goto('/forgot');
    await visitor.page.getByRole('textbox', { name: 'E-mail' }).fill('ann@example.com');
    await visitor.page.getByRole('button', { name: 'Send link' }).click();
    await visitor.page.getByText('No mail server is configured').waitFor();
    await visitor.context.close();
  });
});

describe('two people', () => {
  test('an invitation is accepted in another browser, once', async () => {
    const link = await invite(ann.page, 'bob@example.com', 'Analyst');
    await bob.page.goto(link);
    await bob.page.getByRole('heading', { name: 'Join Acme Records' }).waitFor();
    await bob.page.getByLabel('Your name').fill('Bob Ray');
    await bob.page.getByLabel('Password', { exact: true }).fill(password);
    await bob.page.getByRole('button', { name: 'Create account and join' }).click();
    await bob.page.waitForURL('**/o/acme-records');
    // Ann sees him arrive without a reload.
    await ann.page.getByRole('list', { name: 'Members' }).getByText('Bob Ray').waitFor();

    const late = await newVisitor(browser, { baseURL: app.url });
    await late.page.goto(link);
    await late.page.getByText('This link does not work any more').waitFor();
    await late.context.close();
  });

  test('an analyst reads the settings and is told why they can not change them', async () => {
    await bob.page.goto('/o/acme-records/settings');
    await bob.page.getByText('Only owners and admins can do this. You can read the settings.').waitFor();
    expect(await bob.page.getByRole('button', { name: 'Save settings' }).count()).toBe(0);
    await bob.page.getByRole('link', { name: 'Members' }).click();
    const button = bob.page.getByRole('button', { name: 'Invite member' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await button.hover();
    await bob.page.getByRole('tooltip').getByText('Only owners and admins can do this.').waitFor();
    expect(await bob.page.getByRole('combobox', { name: /^Role of/ }).count()).toBe(0);
  });

  test('a new role shows at once in the other browser', async () => {
    await chooseRole(ann.page, 'Bob Ray', 'Admin');
    await ann.page.getByText('Bob Ray is now admin').waitFor();
    await expect
      .poll(() => bob.page.getByRole('button', { name: 'Invite member' }).getAttribute('aria-disabled'), {
        timeout: 10_000,
      })
      .not.toBe('true');
    // An admin does not touch owners.
    expect(await bob.page.getByRole('combobox', { name: 'Role of Ann Lee' }).count()).toBe(0);
    await chooseRole(ann.page, 'Bob Ray', 'Analyst');
    await expect
      .poll(() => bob.page.getByRole('button', { name: 'Invite member' }).getAttribute('aria-disabled'), {
        timeout: 10_000,
      })
      .toBe('true');
  });

  test('the last owner can not step down', async () => {
    await chooseRole(ann.page, 'Ann Lee', 'Analyst');
    await ann.page.getByText('An organization needs an owner').waitFor();
    await expect.poll(() => ann.page.getByRole('combobox', { name: 'Role of Ann Lee' }).inputValue()).toBe('Owner');
  });

  test('an invitation can be taken back', async () => {
    const link = await invite(ann.page, 'cy@example.com', 'Marketer');
    await ann.page.getByRole('button', { name: 'Revoke the invitation of cy@example.com' }).click();
    await ann.page.getByText('Invitation revoked').waitFor();
    const cy = await newVisitor(browser, { baseURL: app.url });
    await cy.page.goto(link);
    await cy.page.getByText('This link does not work any more').waitFor();
    await cy.context.close();
  });

  test('a second organization is apart from the first, and the address says which is open', async () => {
    const { page } = bob;
    await page.goto('/o/acme-records/settings/members');
    await page.getByRole('button', { name: 'Organization Acme Records, switch' }).click();
    await page.getByRole('menuitem', { name: 'New organization' }).click();
    await page.getByLabel('Name').fill('Nordlicht');
    await page.getByRole('button', { name: 'Create organization' }).click();
    await page.waitForURL('**/o/nordlicht');
    await page.getByRole('button', { name: 'Organization Nordlicht, switch' }).click();
    await page.getByRole('menuitem', { name: 'Acme Records' }).click();
    await page.waitForURL('**/o/acme-records');
    // Ann does not belong to it: for her it is not there.
    const other = await ann.context.newPage();
    await other.goto('/o/nordlicht');
    await other.getByText('You have no organization of this name').waitFor();
    await other.close();
  });

  test('a removed member loses the organization at once, without a reload', async () => {
    await bob.page.goto('/o/acme-records/settings/members');
    await ann.page.goto('/o/acme-records/settings/members');
    await ann.page.getByRole('button', { name: 'More about Bob Ray' }).click();
    await ann.page.getByRole('menuitem', { name: 'Remove member' }).click();
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Remove member' }).click();
    await ann.page.getByText('Bob Ray was removed').waitFor();
    await bob.page.getByText('You have no organization of this name').waitFor();
    await bob.page.getByRole('link', { name: 'Go to the start' }).click();
    await bob.page.waitForURL('**/o/nordlicht');
  });
});

describe('every page of accounts and settings', () => {
  const inside = ['', '/members', '/profile', '/new-organization'].map((path) => `/o/acme-records/settings${path}`);

  test('passes axe and fits the screen', async () => {
    const outside = await newVisitor(browser, { baseURL: app.url });
    for (const path of ['/sign-up', '/sign-in', '/forgot', '/reset/x', '/invite/x']) await check(outside.page, path);
    await signIn(outside.page, 'ann@example.com', password, '/sign-in');
    await outside.page.waitForURL('**/o/**');
    for (const path of inside) await check(outside.page, path);
    await outside.context.close();
  });

  test('shows the browser nothing to complain about', () => {
    // A refused request is logged by the browser itself; what we look for are faults of our own.
    const own = [...ann.faults, ...bob.faults].filter((line) => !line.includes('Failed to load resource'));
    expect(own).toEqual([]);
  });
});

async function check(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await faultsInEveryLook(page), path).toEqual([]);
}

async function signIn(page: Page, email: string, secret: string, path?: string): Promise<void> {
  if (path) await page.goto(path);
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function signUp(page: Page, person: { name: string; email: string; organization: string }): Promise<void> {
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('Company or team').fill(person.organization);
  await page.getByRole('textbox', { name: 'E-mail' }).fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
}

/** Invites an address and returns the link. */
async function invite(page: Page, email: string, role: string): Promise<string> {
  await page.goto('/o/acme-records/settings/members');
  await page.getByRole('button', { name: 'Invite member' }).click();
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByRole('radio', { name: role }).check();
  await page.getByRole('button', { name: 'Create invitation' }).click();
  const link = await page.getByLabel('Invitation link').inputValue();
  await page.getByRole('button', { name: 'Close panel' }).click();
  return link;
}

async function chooseRole(page: Page, name: string, role: string): Promise<void> {
  await page.getByRole('combobox', { name: `Role of ${name}` }).click();
  await page.getByRole('option', { name: role }).click();
}
