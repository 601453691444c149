import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

/** A page in a profile of its own, and every fault that a browser's console showed while it was open. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Console errors, uncaught exceptions and failed requests of our own server, as one line each. */
  readonly faults: string[];
}

/** Widths that every screen has to work at. */
export const viewports = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** Starts the system's Chromium or Chrome, or the packaged one, without a window. */
export async function openBrowser(): Promise<Browser> {
  const { path, env } = await findBrowser((line) => process.stderr.write(`${line}\n`));
  return chromium.launch({
    executablePath: path,
    env: { ...process.env, ...env },
    args: [
      // A container's root user has no other sandbox, and its /dev/shm is small.
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
}

/** Opens a page as somebody new would: no cookies, one language and zone. */
export async function newVisitor(
  browser: Browser,
  options: { viewport?: { width: number; height: number }; colorScheme?: 'light' | 'dark'; baseURL?: string } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: viewports.desktop,
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    acceptDownloads: true,
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  return { context, page, faults };
}
