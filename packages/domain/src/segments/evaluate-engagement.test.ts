import { expect, it } from 'vitest';
import { awkwardCampaigns, forgottenCampaign } from '../testing/awkward-catalogue.ts';
import { aCustomer, ruleOf } from '../testing/build.ts';
import { resolveAmong } from '../testing/resolve-among.ts';
import type { DeliveryFacts } from './customer-facts.ts';
import { evaluateRule } from './evaluate-rule.ts';
import type { EngagementNode } from './rule.ts';

const [spring, missing] = awkwardCampaigns;
const on = (day: number) => new Date(Date.UTC(2026, 5, day, 9));
const message = (known: Partial<DeliveryFacts> = {}): DeliveryFacts => ({
  campaignId: spring.id,
  state: 'sent',
  at: on(1),
  ...known,
});
const holds = (node: Partial<EngagementNode>, ...deliveries: DeliveryFacts[]) =>
  evaluateRule(
    resolveAmong([], ruleOf({ type: 'engagement', kind: 'sent', window: { type: 'ever' }, ...node }), {
      now: Date.UTC(2026, 5, 17),
      zone: 'UTC',
    }),
    aCustomer({ deliveries }),
  );

it('counts messages that were sent, not those that failed or that nobody knows of', () => {
  expect(holds({}, message())).toBe(true);
  for (const state of ['failed', 'skipped', 'unknown'] as const) expect(holds({}, message({ state }))).toBe(false);
  expect(holds({ test: { operator: 'gte', value: 2 } }, message(), message({ campaignId: forgottenCampaign }))).toBe(
    true,
  );
});

it('is of one campaign where it names one', () => {
  expect(holds({ campaignId: missing.id }, message())).toBe(false);
  expect(holds({ campaignId: missing.id }, message(), message({ campaignId: missing.id }))).toBe(true);
});

it('asks when it was opened, not when it was sent', () => {
  const window = { type: 'last', amount: 3, unit: 'days' } as const;
  expect(holds({ kind: 'opened', window }, message({ openedAt: on(15) }))).toBe(true);
  expect(holds({ kind: 'opened', window }, message({ at: on(15), openedAt: on(2) }))).toBe(false);
});

it('leaves out opens by machines unless asked, and takes the earlier of both then', () => {
  const proxied = message({ machineOpenedAt: on(2) });
  expect(holds({ kind: 'opened' }, proxied)).toBe(false);
  expect(holds({ kind: 'opened', includeMachine: true }, proxied)).toBe(true);
  const both = message({ machineOpenedAt: on(2), openedAt: on(15) });
  const window = { type: 'since', date: '2026-06-10' } as const;
  expect(holds({ kind: 'opened', window }, both)).toBe(true);
  expect(holds({ kind: 'opened', window, includeMachine: true }, both)).toBe(false);
});

it('finds what was sent in the window and not opened until now', () => {
  const window = { type: 'on', date: '2026-06-01' } as const;
  expect(holds({ kind: 'sentNotOpened', window }, message())).toBe(true);
  expect(holds({ kind: 'sentNotOpened', window }, message({ openedAt: on(16) }))).toBe(false);
  expect(holds({ kind: 'sentNotOpened', window }, message({ at: on(2) }))).toBe(false);
  expect(holds({ kind: 'sentNotOpened', window }, message({ state: 'failed' }))).toBe(false);
  expect(holds({ kind: 'sentNotClicked', window }, message({ machineClickedAt: on(2) }))).toBe(true);
  expect(holds({ kind: 'sentNotClicked', window, includeMachine: true }, message({ machineClickedAt: on(2) }))).toBe(
    false,
  );
});

it('can ask for none', () => {
  expect(holds({ kind: 'opened', test: { operator: 'eq', value: 0 } }, message())).toBe(true);
  expect(holds({ kind: 'opened', test: { operator: 'eq', value: 0 } })).toBe(true);
});
