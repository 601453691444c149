import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, expect, test } from 'vitest';
import * as domain from '../../packages/domain/src/index.ts';
import { inRoot } from '../launcher/root.mjs';

// The domain package is for scripts, browsers and workers too: its entrance is bundled and run where there is nothing but the
// language itself.

interface Bundle {
  readonly code: string;
  /** What the bundler left outside. */
  readonly imports: readonly string[];
  readonly modules: readonly string[];
}

let bundle: Bundle;

beforeAll(async () => {
  // Vite is the web app's.
  const vite = createRequire(inRoot('apps/web/package.json')).resolve('vite');
  const { build } = await import(pathToFileURL(vite).href);
  const built = await build({
    root: inRoot('packages/domain'),
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: 'src/index.ts', formats: ['iife'], name: 'domain' },
    },
  });
  const { code, imports, modules } = [built].flat()[0].output[0];
  bundle = { code, imports, modules: Object.keys(modules) };
}, 60_000);

test('it imports its own files and zod, and nothing else', () => {
  const slashed = (path: string) => path.replaceAll('\\', '/');
  const own = slashed(inRoot('packages/domain/src/'));
  const foreign = bundle.modules
    .map(slashed)
    .filter((id) => !id.startsWith(own) && !/\/node_modules\/zod\//.test(id) && !id.startsWith('\0'));
  expect(bundle.modules.length).toBeGreaterThan(50);
  expect(foreign).toEqual([]);
  expect(bundle.imports).toEqual([]);
  // What a bundler for browsers puts in the place of a module of Node.
  expect(bundle.modules.filter((id) => id.includes('browser-external'))).toEqual([]);
});

const input = {
  version: 1,
  root: {
    type: 'all',
    children: [
      { type: 'attribute', field: 'attributes.plan', test: { operator: 'eq', value: 'Straße' } },
      {
        type: 'behaviour',
        eventTypes: ['order'],
        unit: 'event',
        window: { type: 'last', amount: 30, unit: 'days' },
        measure: { aggregate: 'sum', field: 'total' },
        test: { operator: 'gte', value: { amount: 5000, currency: 'USD' } },
      },
    ],
  },
};

/** Says a rule in words and asks it of two customers; must be self-contained, as its text runs in another context. */
function useDomain(of: typeof domain, rule: unknown): string {
  const fields = of.fieldCatalogue({
    attributes: [{ slug: 'plan', label: 'Plan', type: 'string', options: [] }],
  });
  const parsed = of.parseRule(rule);
  if (!parsed.ok) return JSON.stringify(parsed);
  const context = { now: Date.UTC(2026, 5, 17, 12), zone: 'Australia/Lord_Howe', fields };
  const bound = of.resolveRule(parsed.value, context);
  if (!bound.ok) return JSON.stringify(bound);
  const customer = (plan: string) =>
    of.customerFacts({
      attributes: { plan },
      events: [{ type: 'order', at: new Date(Date.UTC(2026, 5, 1)), total: 7000, currency: 'USD' }],
    });
  const holds = of.compileRule(bound.value);
  return JSON.stringify([
    of.describeRule(parsed.value, fields),
    bound,
    [holds(customer('STRASSE')), holds(customer('strase')), holds(customer('straße'))],
  ]);
}

test('it gives the same answers where there is no process, no require and no module of Node', () => {
  const bare = createContext(Object.create(null));
  expect(runInContext('[typeof process, typeof require, typeof setTimeout, typeof URL]', bare).join()).toBe(
    'undefined,undefined,undefined,undefined',
  );
  const source = `${bundle.code};\n(${useDomain.toString()})(domain, ${JSON.stringify(input)})`;
  const answer = runInContext(source, bare);
  expect(answer).toBe(useDomain(domain, input));
  expect(JSON.parse(answer)[2]).toEqual([true, false, true]);
});
