import { expect, it } from 'vitest';
import { awkwardCampaigns, awkwardSegments } from '../testing/awkward-catalogue.ts';
import { ruleOf, where } from '../testing/build.ts';
import type { RuleNode } from './rule.ts';
import { campaignsNamed, customerFieldsOf, eventFieldsOf, eventTypesOf, rulesNamed } from './rule-uses.ts';

it('tells the fields, segments and campaigns that a rule names, each once, however deep they stand', () => {
  const [first, second] = [...awkwardSegments.keys()];
  const [spring] = awkwardCampaigns;
  if (!first || !second) throw new Error('too few segments');
  const email = where('email', { operator: 'isSet' });
  const opened: RuleNode = { type: 'engagement', kind: 'opened', campaignId: spring.id, window: { type: 'ever' } };
  const rule = ruleOf({
    type: 'all',
    children: [
      email,
      { type: 'not', child: { type: 'any', children: [{ type: 'inSegment', segmentId: second }, opened, email] } },
      { type: 'inSegment', segmentId: first },
      { type: 'inSegment', segmentId: second },
      { type: 'not', child: opened },
      { type: 'engagement', kind: 'opened', window: { type: 'ever' } },
    ],
  });
  expect(customerFieldsOf(rule)).toEqual(['email']);
  expect(rulesNamed(rule)).toEqual([second, first]);
  expect(campaignsNamed(rule)).toEqual([spring.id]);
});

it('tells the types and fields of events that a rule names, in every kind of leaf and as deep as its filters go', () => {
  const test = { operator: 'isSet' } as const;
  const field = (name: string) => ({ type: 'field', field: `properties.${name}`, test }) as const;
  const window = { type: 'ever' } as const;
  const rule = ruleOf({
    type: 'any',
    children: [
      {
        type: 'behaviour',
        eventTypes: ['bought', 'viewed'],
        unit: 'event',
        where: { type: 'not', child: { type: 'all', children: [field('size'), field('colour')] } },
        window,
        measure: { aggregate: 'sum', field: 'properties.price' },
        test: { operator: 'gt', value: 1 },
      },
      {
        type: 'sequence',
        steps: [{ eventTypes: ['viewed'], where: field('page') }],
        notFollowedBy: { eventTypes: ['left'], where: field('size') },
        window,
      },
      {
        type: 'not',
        child: {
          type: 'rank',
          ...{ direction: 'top', amount: 5, of: 'people', eventTypes: ['scored'], unit: 'event', window },
          measure: { aggregate: 'max', field: 'properties.points' },
        },
      },
    ],
  });
  expect(eventTypesOf(rule)).toEqual(['bought', 'viewed', 'left', 'scored']);
  expect(eventFieldsOf(rule)).toEqual(
    ['size', 'colour', 'price', 'page', 'points'].map((name) => `properties.${name}`),
  );
});
