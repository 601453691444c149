import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newVisitor, openBrowser } from './browser.ts';
import { type RunningApp, startApp } from './harness.ts';

let app: RunningApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

test('a newcomer is led to the sign-up page, and the browser has nothing to complain about', async () => {
  const { page, faults, context } = await newVisitor(browser, { baseURL: app.url });
  await page.goto('/');
  await page.waitForURL('**/sign-up');
  await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});
