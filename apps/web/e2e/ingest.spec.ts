import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults } from './axe.ts';
import { newVisitor, openBrowser, type Visitor, viewports } from './browser.ts';
import { type RunningApp, startApp } from './harness.ts';

let app: RunningApp;
let browser: Browser;
let ann: Visitor;
let key = '';
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ann = await newVisitor(browser, { baseURL: app.url });
  const data = {
    name: 'Ann Lee',
    email: 'ann@example.com',
    password: 'correct horse battery',
    organizationName: 'Acme',
  };
  const answer = await ann.context.request.post('/api/trpc/accounts.signUp', { data });
  expect(answer.status()).toBe(200);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** As a program of the shop would, from another machine. */
const send = (events: readonly object[], authorization = `Bearer ${key}`) =>
  fetch(`${app.url}/api/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ events }),
  });

const added = {
  id: 'cart-1001',
  type: 'added_to_cart',
  at: '2026-11-20T09:30:00Z',
  customer: { email: 'bob@example.com' },
  properties: { product: 'Kenya AA', price: 14.5, gift: true },
};

describe('an API key', () => {
  test('is made with its scopes, and shown this once', async () => {
    const { page } = ann;
    await page.goto('/o/acme/settings/api-keys');
    await page.getByText('No API keys yet').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'New API key' }).click();
    const panel = page.getByRole('dialog', { name: 'New API key' });
    await panel.getByRole('button', { name: 'Create key' }).click();
    await panel.getByText('Enter a name of at most 80 characters.').waitFor();
    await panel.getByLabel('Name').fill('Web shop');
    await panel.getByLabel('Write customers').uncheck();
    await panel.getByRole('button', { name: 'Create key' }).click();
    key = await panel.getByLabel('Key of “Web shop”').inputValue();
    expect(key).toMatch(/^mcrm_[\w-]{43}$/);
    expect(await axeFaults(page)).toEqual([]);
    await panel.getByRole('button', { name: 'Close panel' }).click();
    const row = page.getByRole('row', { name: /Web shop/ });
    await row.getByText('Send events').waitFor();
    await row.getByText('Never').waitFor();
    expect(await page.content()).not.toContain(key);
  });

  test('lets a program send what a customer did, which the timeline and the catalogue show', async () => {
    const { page } = ann;
    const answer = await send([added]);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ stored: 1, customersCreated: 1, refused: [] });
    expect(await (await send([added])).json()).toMatchObject({ stored: 0, duplicates: 1 });
    await page.goto('/o/acme/customers');
    await page.getByText('bob@example.com').first().click();
    await page.getByText('Added to cart').waitFor();
    await page.getByText('Product: Kenya AA').waitFor();
    await page.getByText('Gift: Yes').waitFor();
    await page.goto('/o/acme/settings/events');
    await page.getByRole('row', { name: /^Added to cart/ }).waitFor();
    await page.getByRole('row', { name: /Price price Number/ }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  test('is of an event that people name, and segments ask for it by that name', async () => {
    const { page } = ann;
    await page.getByRole('row', { name: /^Added to cart/ }).click();
    const panel = page.getByRole('dialog', { name: 'Rename event' });
    await panel.getByLabel('Name').fill('Put in the cart');
    await panel.getByRole('button', { name: 'Save name' }).click();
    await page.getByRole('row', { name: /^Put in the cart/ }).waitFor();
    const query = encodeURIComponent(JSON.stringify({ orgId: await orgId() }));
    const fields = await ann.context.request.get(`/api/trpc/segments.fields?input=${query}`);
    expect(await fields.text()).toContain('“Put in the cart” events');
  });

  test('may bring kinds and properties that people declared before, by their types', async () => {
    const { page } = ann;
    await page.getByRole('button', { name: 'New event' }).click();
    await page.getByRole('dialog', { name: 'New event' }).getByLabel('Name that programs send').fill('plan_changed');
    await page.getByRole('button', { name: 'Add event' }).click();
    await page.getByRole('row', { name: /^Plan changed/ }).waitFor();
    await page.getByRole('button', { name: 'New property' }).click();
    const panel = page.getByRole('dialog', { name: 'New property' });
    await panel.getByLabel('Name that programs send').fill('seats');
    await panel.getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: 'Number' }).click();
    await panel.getByRole('combobox', { name: 'Events that have it' }).click();
    await page.getByRole('option', { name: 'Plan changed' }).click();
    await panel.getByLabel('Name that programs send').click();
    await panel.getByRole('button', { name: 'Add property' }).click();
    await page.getByRole('row', { name: /^Seats seats Number Plan changed/ }).waitFor();
    const changed = { ...added, id: 'plan-1', type: 'plan_changed', properties: { seats: 'five' } };
    const answer = await (await send([changed])).json();
    expect(answer).toMatchObject({ stored: 0, refused: [{ code: 'property_type', details: { expected: 'number' } }] });
  });

  test('may bring a property as another type after somebody deleted it', async () => {
    const { page } = ann;
    await page.getByRole('row', { name: /^Seats seats Number/ }).click();
    const panel = page.getByRole('dialog', { name: 'Rename property' });
    await panel.getByRole('button', { name: 'Delete property' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete property' });
    await dialog.getByText('Segments can’t ask for “Seats” any more.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Delete property' }).click();
    await page.getByRole('row', { name: /^Seats/ }).waitFor({ state: 'detached' });
    const changed = { ...added, id: 'plan-1', type: 'plan_changed', properties: { seats: 'five' } };
    expect(await (await send([changed])).json()).toMatchObject({ stored: 1, refused: [] });
    // What every organization has is named and not deleted.
    await page.getByRole('row', { name: /^Text text/ }).click();
    await panel.getByRole('button', { name: 'Save name' }).waitFor();
    expect(await panel.getByRole('button', { name: 'Delete property' }).count()).toBe(0);
    await panel.getByRole('button', { name: 'Cancel' }).click();
  });

  test('is refused from the moment that it is revoked', async () => {
    const { page } = ann;
    await page.goto('/o/acme/settings/api-keys');
    await page.getByRole('button', { name: 'Revoke Web shop' }).click();
    const dialog = page.getByRole('dialog', { name: 'Revoke API key' });
    await dialog.getByRole('button', { name: 'Revoke key' }).click();
    await page.getByText('No API keys yet').waitFor();
    const answer = await send([{ ...added, id: 'cart-1002' }]);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: 'api_key_invalid' } });
  });

  test('has a page that fits a phone', async () => {
    const phone = await newVisitor(browser, { baseURL: app.url, viewport: viewports.phone });
    await phone.context.addCookies(await ann.context.cookies());
    for (const path of ['api-keys', 'events']) {
      await phone.page.goto(`/o/acme/settings/${path}`);
      await phone.page
        .getByText(path === 'events' ? 'Put in the cart' : 'No API keys yet')
        .first()
        .waitFor();
      const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(wide, path).toBe(false);
    }
  });
});

async function orgId(): Promise<string> {
  const me = await (await ann.context.request.get('/api/trpc/accounts.me')).json();
  return me.result.data.organizations[0].id;
}
