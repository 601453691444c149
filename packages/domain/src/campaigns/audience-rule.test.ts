import { describe, expect, test } from 'vitest';
import type { ResolvedNode } from '../segments/resolved-rule.ts';
import { audienceRules, reachableRule } from './audience-rule.ts';

const everyone: ResolvedNode = { type: 'everyone' };
const leaf = (path: string): ResolvedNode => ({
  type: 'attribute',
  field: { path, type: 'string' },
  test: { kind: 'isSet' },
  orMissing: false,
});
const rules = (include: ResolvedNode[], exclude: ResolvedNode[], purpose: 'marketing' | 'service' = 'marketing') =>
  audienceRules({ now: 1, zone: 'UTC', include, exclude }, 'email', purpose);

describe('the rules of an audience', () => {
  test('no included segment is nobody, never everybody', () => {
    expect(rules([], []).audience.root).toEqual({ type: 'not', child: everyone });
    expect(rules([], [leaf('phone')]).audience.root).toMatchObject({
      type: 'all',
      children: [{ type: 'not', child: everyone }, { type: 'not' }],
    });
  });

  test('are in any included and in no excluded segment', () => {
    expect(rules([leaf('a'), leaf('b')], [leaf('c'), leaf('d')]).audience.root).toEqual({
      type: 'all',
      children: [
        { type: 'any', children: [leaf('a'), leaf('b')] },
        { type: 'not', child: { type: 'any', children: [leaf('c'), leaf('d')] } },
      ],
    });
  });

  test('marketing asks for consent, service does not', () => {
    const consent = { type: 'attribute', field: { path: 'consents.email' } };
    expect(rules([everyone], []).withConsent.root).toMatchObject({
      children: [everyone, { field: { path: 'email' } }, consent],
    });
    const service = rules([everyone], [], 'service');
    expect(service.withConsent).toEqual(service.withAddress);
  });

  test("a run's stored audience gives the waterfall's last rule", () => {
    const { audience, withConsent } = rules([leaf('a')], [leaf('b')]);
    expect(reachableRule(audience, 'email', 'marketing')).toEqual(withConsent);
  });
});
