import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { viewports } from './browser.ts';

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
  }[];
}

let source: Promise<string> | undefined;

const standards = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
const contrast = { runOnly: { type: 'rule', values: ['color-contrast'] } };

/** What axe-core finds wrong with a page by WCAG 2.2 A and AA, one line a fault; run through the debugger, so that no CSP is in the way. */
export async function axeFaults(page: Page, options: object = standards): Promise<string[]> {
  source ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(await source);
  const result = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResult;
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/**
 * What is wrong with an open page at both widths and in both schemes, one line a fault: what axe finds, and scrolling sideways. The
 * page stays open, as when somebody makes a window smaller; a scheme changes colours only. Leaves it wide and light.
 */
export async function faultsInEveryLook(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const [width, viewport] of Object.entries(viewports).reverse()) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root') === null);
      await coloursArrived(page);
      const found = await axeFaults(page, colorScheme === 'light' ? standards : contrast);
      faults.push(...found.map((fault) => `${width}, ${colorScheme}: ${fault}`));
    }
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (beyond > 0) faults.push(`${width}: scrolls sideways by ${beyond}`);
  }
  return faults;
}

/** Waits until no colour is on its way from one scheme to the other any more. */
async function coloursArrived(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const moving = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.all(moving.map(({ finished }) => finished.catch(() => undefined)));
  });
}
