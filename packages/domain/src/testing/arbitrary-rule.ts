import fc from 'fast-check';
import type { FieldCatalogue } from '../segments/fields.ts';
import type { AttributeNode, InSegmentNode, Rule, RuleNode } from '../segments/rule.ts';
import { arbitraryBehaviour, arbitraryRank } from './arbitrary-behaviour.ts';
import { condition } from './arbitrary-condition.ts';
import { arbitraryEngagement } from './arbitrary-engagement.ts';
import { arbitrarySequence } from './arbitrary-sequence.ts';
import { awkwardFields } from './awkward-catalogue.ts';
import { awkwardNows, awkwardZones } from './awkward-values.ts';

const attributeLeaf = (fields: FieldCatalogue): fc.Arbitrary<AttributeNode> =>
  fc
    .constantFrom(...fields.customer)
    .chain(condition)
    .map((leaf) => ({ type: 'attribute', ...leaf }));

const segmentLeaf = (fields: FieldCatalogue): fc.Arbitrary<InSegmentNode> =>
  fc.constantFrom(...fields.segments).map(({ id }) => ({ type: 'inSegment', segmentId: id }));

function ruleNode(fields: FieldCatalogue, depth: number): fc.Arbitrary<RuleNode> {
  const leaf = fc.oneof(
    { weight: 8, arbitrary: attributeLeaf(fields) },
    { weight: 8, arbitrary: arbitraryBehaviour(fields) },
    { weight: 4, arbitrary: arbitrarySequence(fields) },
    { weight: 3, arbitrary: arbitraryEngagement(fields) },
    { weight: 2, arbitrary: arbitraryRank(fields) },
    ...(fields.segments.length === 0 ? [] : [{ weight: 2, arbitrary: segmentLeaf(fields) }]),
    { weight: 1, arbitrary: fc.constant<RuleNode>({ type: 'everyone' }) },
  );
  if (depth === 0) return leaf;
  const child = ruleNode(fields, depth - 1);
  const group = fc
    .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(child, { minLength: 1, maxLength: 3 }))
    .map(([type, children]): RuleNode => ({ type, children }));
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 2, arbitrary: group },
    { weight: 1, arbitrary: child.map((one): RuleNode => ({ type: 'not', child: one })) },
  );
}

/** A sound rule over a catalogue: every node, operator, type and window comes up. */
export const arbitraryRule = (fields: FieldCatalogue): fc.Arbitrary<Rule> =>
  fc
    .tuple(ruleNode(fields, 3), fc.option(fc.constantFrom(...awkwardZones), { nil: undefined, freq: 3 }))
    .map(([root, zone]) => ({ version: 1, ...(zone === undefined ? {} : { zone }), root }));

/** An instant and an organization's zone to resolve a rule with. */
export const arbitraryClock = fc.record({
  now: fc.constantFrom(...awkwardNows),
  zone: fc.constantFrom(...awkwardZones),
});

/** The same random rules over the awkward catalogue for the same seed. */
export const awkwardRules = (count: number, seed: number): Rule[] =>
  fc.sample(arbitraryRule(awkwardFields), { numRuns: count, seed });
