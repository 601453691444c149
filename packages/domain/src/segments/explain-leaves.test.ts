import { describe, expect, it } from 'vitest';
import type { CampaignId, SegmentId } from '../ids/id.ts';
import { anOrder, orders, ruleOf, where } from '../testing/build.ts';
import type { CustomerFacts } from './customer-facts.ts';
import { rankCutoff } from './evaluate-rank.ts';
import { explainRule } from './explain-rule.ts';
import type { Evidence, ExplainedNode } from './explanation.ts';
import { fieldCatalogue } from './fields.ts';
import { customerFacts } from './partial-facts.ts';
import { type RuleContext, rankQuestions } from './resolve-rule.ts';
import type { RankNode, Rule, RuleNode, SequenceNode } from './rule.ts';

const now = Date.parse('2026-06-17T12:00:00Z');
const day = 86_400_000;
const spring = 'cmp_00000000000000000000000001' as CampaignId;
const shoppers = 'seg_00000000000000000000000001' as SegmentId;
const list = 'seg_00000000000000000000000002' as SegmentId;
const fields = fieldCatalogue({
  attributes: [{ slug: 'color', label: 'Color', type: 'string', options: [] }],
  eventTypes: ['cart_added'],
  segments: [
    { id: shoppers, name: 'Shoppers' },
    { id: list, name: 'Fair 2026' },
  ],
  campaigns: [{ id: spring, name: 'Spring' }],
});
const atLeast = (value: number) => ({ operator: 'gte', value }) as const;
const last30 = { type: 'last', amount: 30, unit: 'days' } as const;
const context: RuleContext = {
  now,
  zone: 'America/New_York',
  fields,
  segments: new Map<SegmentId, Rule | null>([
    [shoppers, { ...ruleOf(orders(atLeast(1), { window: last30 })), zone: 'Asia/Kathmandu' }],
    [list, null],
  ]),
};

function explain(node: RuleNode, facts: CustomerFacts, more: Partial<RuleContext> = {}): ExplainedNode {
  const answer = explainRule(ruleOf(node), facts, { ...context, ...more });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value.root;
}

const evidence = <K extends Evidence['kind']>(node: ExplainedNode, kind: K): Extract<Evidence, { kind: K }> => {
  if (node.evidence?.kind !== kind) throw new Error(`No evidence of ${kind}: ${JSON.stringify(node)}`);
  return node.evidence as Extract<Evidence, { kind: K }>;
};

describe('an attribute', () => {
  const notRed = (options = {}) => where('attributes.color', { operator: 'neq', value: 'red' }, options);

  it('says the value, and that a missing one fulfils nothing unless the leaf says so', () => {
    const blue = explain(notRed(), customerFacts({ attributes: { color: 'blue' } }));
    expect(blue).toMatchObject({ holds: true, sentence: 'whose color is not “red”', evidence: { value: 'blue' } });
    const missing = explain(notRed(), customerFacts({}));
    expect(missing).toMatchObject({ holds: false, evidence: { kind: 'attribute', value: null, orMissing: false } });
    const allowed = explain(notRed({ orMissing: true }), customerFacts({}));
    expect(allowed).toMatchObject({ holds: true, evidence: { value: null, orMissing: true } });
  });
});

describe('a behaviour', () => {
  const events = [
    ...['01', '03', '05', '07', '09', '11'].map((d, i) => anOrder(`2026-06-${d}T10:00:00Z`, 1000 + i)),
    anOrder('2026-06-12T10:00:00Z', 700, { currency: 'EUR' }),
    anOrder('2026-01-01T10:00:00Z', 99_000),
  ];
  const facts = customerFacts({ events });

  it('says how many counted, the newest of them, and the window as instants', () => {
    const node = explain(orders(atLeast(8), { window: last30 }), facts);
    const found = evidence(node, 'behaviour');
    expect(node.holds).toBe(false);
    expect(found).toMatchObject({ value: 7, counted: 7, leftOut: 0 });
    expect(found.units.map(({ total }) => total)).toEqual([700, 1005, 1004, 1003, 1002]);
    expect(found.units[1]).toEqual({
      eventId: '2026-06-11T10:00:00Z-1005',
      type: 'order',
      at: new Date('2026-06-11T10:00:00Z'),
      total: 1005,
      currency: 'USD',
      line: null,
    });
    expect(found.range).toEqual({ from: Date.parse('2026-05-18T04:00:00Z'), to: now });
  });

  it('says what is left out as it is in another currency', () => {
    const spent = { aggregate: 'sum', field: 'total' } as const;
    const test = { operator: 'gte', value: { amount: 6000, currency: 'USD' } } as const;
    const node = explain(orders(test, { measure: spent, window: last30 }), facts);
    expect(node.holds).toBe(true);
    expect(evidence(node, 'behaviour')).toMatchObject({
      value: { amount: 6015, currency: 'USD' },
      counted: 7,
      leftOut: 1,
    });
  });

  it('has no value where nothing was found, but counts to 0', () => {
    const mean = orders(
      { operator: 'gte', value: { amount: 1, currency: 'USD' } },
      { measure: { aggregate: 'avg', field: 'total' }, orMissing: true },
    );
    expect(explain(mean, customerFacts({}))).toMatchObject({ holds: true, evidence: { value: null, orMissing: true } });
    const none = explain(orders({ operator: 'lt', value: 3 }), customerFacts({}));
    expect(none).toMatchObject({ holds: true, evidence: { value: 0, counted: 0, units: [] } });
  });

  it('shows the lines where lines are counted', () => {
    const line = { productId: 'p1', name: null, category: 'Jazz', quantity: 2, price: 500 };
    const jazz = orders(atLeast(1), {
      unit: 'line',
      where: { type: 'field', field: 'line.category', test: { operator: 'eq', value: 'jazz' } },
    });
    const lines = [{ ...line, category: 'Rock' }, line];
    const node = explain(jazz, customerFacts({ events: [anOrder('2026-06-01T10:00:00Z', 2000, { lines })] }));
    expect(evidence(node, 'behaviour')).toMatchObject({ counted: 1, units: [{ line }] });
  });

  it('says the value of the last unit', () => {
    const recent = orders(
      { operator: 'within', window: last30 },
      { measure: { aggregate: 'last', field: 'at' }, orMissing: true },
    );
    expect(evidence(explain(recent, facts), 'behaviour').value).toEqual(new Date('2026-06-12T10:00:00Z'));
    expect(evidence(explain(recent, customerFacts({})), 'behaviour').value).toBeNull();
  });
});

describe('a sequence', () => {
  const cart = { eventTypes: ['cart_added'] };
  const order = { eventTypes: ['order'] };
  const within = (amount: number, from: 'previous' | 'first' = 'previous') => ({
    within: { amount, unit: 'days' as const, from },
  });
  const sequence = (steps: SequenceNode['steps'], notFollowedBy?: SequenceNode['notFollowedBy']): SequenceNode => ({
    type: 'sequence',
    steps,
    ...(notFollowedBy && { notFollowedBy }),
    window: last30,
  });
  const did = (...deeds: [type: string, daysAgo: number][]) =>
    customerFacts({
      events: deeds.map(([type, ago], i) => ({ type, at: new Date(now - ago * day), eventId: `e${i}` })),
    });
  const outcome = (node: SequenceNode, facts: CustomerFacts) => {
    const answer = explain(node, facts);
    const found = evidence(answer, 'sequence');
    return { holds: answer.holds, reached: found.reached.map(({ eventId }) => eventId), ...found.outcome };
  };

  it('says the events that fulfil it', () => {
    const facts = did(['cart_added', 9], ['order', 8], ['cart_added', 3]);
    expect(outcome(sequence([cart, order]), facts)).toEqual({ holds: true, reached: ['e0', 'e1'], type: 'complete' });
  });

  it('says the step that nothing fulfils', () => {
    expect(outcome(sequence([cart, order]), did(['order', 5], ['cart_added', 3]))).toEqual({
      ...{ holds: false, reached: ['e1'], type: 'stepMissing' },
      ...{ step: 1, before: null, tooLate: null },
    });
    expect(outcome(sequence([cart]), did(['cart_added', 40]))).toMatchObject({ holds: false, reached: [], step: 0 });
  });

  it('says what came too late, after the step before and after the first', () => {
    const late = outcome(sequence([cart, { ...order, ...within(2) }]), did(['cart_added', 9], ['order', 7]));
    expect(late).toMatchObject({ step: 1, before: new Date(now - 7 * day), tooLate: { eventId: 'e1' } });
    const steps = [cart, cart, { ...order, ...within(3, 'first') }];
    const facts = did(['cart_added', 9], ['cart_added', 8], ['order', 5]);
    expect(outcome(sequence(steps), facts)).toMatchObject({ step: 2, before: new Date(now - 6 * day) });
    expect(outcome(sequence(steps), did(['cart_added', 9], ['cart_added', 8], ['order', 6.5]))).toMatchObject({
      holds: true,
      reached: ['e0', 'e1', 'e2'],
    });
  });

  it('says what followed that should not have, or until when it still can', () => {
    const abandoned = sequence([cart], order);
    expect(outcome(abandoned, did(['cart_added', 3], ['order', 2]))).toMatchObject({
      ...{ holds: false, reached: ['e0'], type: 'followed', by: { eventId: 'e1' } },
    });
    const soon = sequence([cart], { ...order, within: { amount: 5, unit: 'days' } });
    expect(outcome(soon, did(['cart_added', 3]))).toEqual({
      ...{ holds: false, reached: ['e0'], type: 'waiting', until: new Date(now + 2 * day) },
    });
    expect(outcome(soon, did(['cart_added', 5]))).toMatchObject({ holds: true, type: 'complete' });
  });
});

describe('engagement', () => {
  it('says which messages counted', () => {
    const node = explain(
      { type: 'engagement', kind: 'opened', campaignId: spring, window: last30 },
      customerFacts({
        deliveries: [
          { campaignId: spring, at: '2026-06-01T10:00:00Z', openedAt: new Date('2026-06-02T10:00:00Z') },
          { campaignId: spring, at: '2026-06-08T10:00:00Z', machineOpenedAt: new Date('2026-06-08T10:00:05Z') },
        ],
      }),
    );
    const found = evidence(node, 'engagement');
    expect(node.holds).toBe(true);
    expect(found).toMatchObject({ counted: 1, range: { to: now } });
    expect(found.messages).toMatchObject([{ campaignName: 'Spring', openedAt: new Date('2026-06-02T10:00:00Z') }]);
  });
});

describe('another segment', () => {
  it('is explained by its own rule, in its own zone', () => {
    const node = explain(
      { type: 'not', child: { type: 'inSegment', segmentId: shoppers } },
      customerFacts({ events: [anOrder('2026-06-01T10:00:00Z', 500)] }),
    );
    const inner = node.children[0] as ExplainedNode;
    expect([node.holds, inner.holds]).toEqual([false, true]);
    expect(inner.evidence).toEqual({
      ...{ kind: 'segment', segmentId: shoppers, name: 'Shoppers', isList: false, zone: 'Asia/Kathmandu' },
    });
    const child = inner.children[0] as ExplainedNode;
    expect(child).toMatchObject({ path: ['root'], type: 'behaviour', holds: true });
    expect(evidence(child, 'behaviour').range.from).toBe(Date.parse('2026-05-17T18:15:00Z'));
  });

  it('may be a list', () => {
    const node = explain({ type: 'inSegment', segmentId: list }, customerFacts({ lists: [list] }));
    expect(node).toMatchObject({ holds: true, children: [], evidence: { name: 'Fair 2026', isList: true } });
  });
});

describe('a rank', () => {
  const best: RankNode = {
    type: 'rank',
    direction: 'top',
    amount: 1,
    of: 'people',
    eventTypes: ['order'],
    unit: 'event',
    window: { type: 'ever' },
    measure: { aggregate: 'sum', field: 'total', currency: 'USD' },
  };
  const rich = customerFacts({ events: [anOrder('2026-06-01T10:00:00Z', 900)] });
  const poor = customerFacts({ events: [anOrder('2026-06-01T10:00:00Z', 100)] });
  const questions = rankQuestions(ruleOf(best), context);
  if (!questions.ok) throw new Error(JSON.stringify(questions.error));
  const cutoffs = new Map(questions.value.map((one) => [one.key, rankCutoff(one, [rich, poor])]));
  const usd = (amount: number) => ({ amount, currency: 'USD' });

  it('says the own value and the cut-off', () => {
    expect(explain(best, rich, { cutoffs })).toMatchObject({ holds: true, evidence: { value: usd(900) } });
    expect(explain(best, poor, { cutoffs })).toMatchObject({
      holds: false,
      evidence: { kind: 'rank', direction: 'top', value: usd(100), cutoff: usd(900), counted: 1 },
    });
  });

  it('has no value for who has nothing that counts', () => {
    expect(explain(best, customerFacts({}), { cutoffs })).toMatchObject({ holds: false, evidence: { value: null } });
  });
});

it('refuses what resolveRule refuses', () => {
  const rule = ruleOf(where('attributes.shoe', { operator: 'isSet' }));
  expect(explainRule(rule, customerFacts({}), context)).toMatchObject({
    ok: false,
    error: { path: ['root', 'field'] },
  });
});
