import { expect, it } from 'vitest';
import { awkwardCampaigns, awkwardSegments } from '../testing/awkward-catalogue.ts';
import { ruleOf, where } from '../testing/build.ts';
import type { RuleNode } from './rule.ts';
import { campaignsNamed, customerFieldsOf, rulesNamed } from './rule-uses.ts';

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
