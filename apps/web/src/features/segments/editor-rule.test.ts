import {
  compileRule,
  everyone,
  type FieldCatalogue,
  fieldCatalogue,
  parseRule,
  type Rule,
  type RuleNode,
  resolveRule,
  type UnitFilter,
} from '@mini-crm/domain';
import { awkwardAttributes, awkwardCustomers, awkwardFields, awkwardRules } from '@mini-crm/domain/testing';
import { describe, expect, it } from 'vitest';
import { readEditor, writeRule } from './editor-rule.ts';
import { type EditorAttribute, newGroup } from './editor-tree.ts';
import { toEditor } from './open-rule.ts';

const clock = { now: Date.UTC(2026, 5, 17, 12), zone: 'UTC', fields: awkwardFields };

/** What is saved of a rule that was opened and left as it was. */
const saved = (rule: Rule) => JSON.parse(JSON.stringify(writeRule(toEditor(rule.root), rule.zone).json)) as unknown;

describe('a stored rule in the editor', () => {
  it('is the same rule when it is saved unchanged', () => {
    for (const rule of awkwardRules(500, 11)) expect(saved(rule)).toEqual(JSON.parse(JSON.stringify(rule)));
  });

  const filter: UnitFilter = { type: 'field', field: 'line.category', test: { operator: 'in', values: ['Jazz'] } };
  const leaf: RuleNode = { type: 'attribute', field: 'email', test: { operator: 'isSet' } };
  const segmentId = 'seg_00000000000000000000000001' as never;
  const window = { type: 'last', amount: 7, unit: 'days', mode: 'rolling' } as const;
  it.each<[string, RuleNode]>([
    ['everyone', { type: 'everyone' }],
    ['a group of one', { type: 'all', children: [leaf] }],
    ['one condition', leaf],
    ['not one', { type: 'not', child: leaf }],
    ['not any of one', { type: 'not', child: { type: 'any', children: [leaf] } }],
    ['not any of any of one', { type: 'not', child: { type: 'any', children: [{ type: 'any', children: [leaf] }] } }],
    ['not not', { type: 'not', child: { type: 'not', child: leaf } }],
    ['not all of two', { type: 'not', child: { type: 'all', children: [leaf, leaf] } }],
    ['not in a segment', { type: 'not', child: { type: 'inSegment', segmentId } }],
    ['not not in a segment', { type: 'not', child: { type: 'not', child: { type: 'inSegment', segmentId } } }],
    [
      'lines with details in groups',
      {
        type: 'behaviour',
        eventTypes: ['order', 'refund'],
        unit: 'line',
        where: { type: 'any', children: [filter, { type: 'not', child: { type: 'any', children: [filter] } }] },
        window,
        measure: { aggregate: 'sum', field: 'line.amount' },
        test: { operator: 'gte', value: { amount: 100, currency: 'EUR' } },
        orMissing: false,
      },
    ],
    [
      'a sequence',
      {
        type: 'sequence',
        steps: [
          { eventTypes: ['order'], where: { type: 'all', children: [filter] } },
          { eventTypes: ['visit'], within: { amount: 7, unit: 'days', from: 'previous' } },
          { eventTypes: ['call'], within: { amount: 2, unit: 'weeks', from: 'first' } },
        ],
        notFollowedBy: { eventTypes: ['refund'], within: { amount: 1, unit: 'days' }, where: filter },
        window,
      },
    ],
    ['engagement', { type: 'engagement', kind: 'opened', window }],
    [
      'engagement with a number',
      {
        type: 'engagement',
        kind: 'sentNotClicked',
        campaignId: 'cmp_00000000000000000000000001' as never,
        window,
        test: { operator: 'between', from: 2, to: 4 },
        includeMachine: true,
      },
    ],
    [
      'a rank',
      {
        type: 'rank',
        direction: 'bottom',
        amount: 2.5,
        of: 'percent',
        eventTypes: ['order'],
        unit: 'line',
        where: { type: 'not', child: filter },
        window,
        measure: { aggregate: 'avg', field: 'line.price', currency: 'USD' },
      },
    ],
  ])('%s stays what it is', (_, root) => {
    expect(saved({ version: 1, root })).toEqual({ version: 1, root });
  });

  it('finds the same people', () => {
    const customers = awkwardCustomers(60, 3);
    const members = (rule: unknown) => {
      const parsed = parseRule(rule);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
      const resolved = resolveRule(parsed.value, clock);
      return resolved.ok ? customers.filter(compileRule(resolved.value)).map(({ id }) => id) : resolved.error;
    };
    // Ranks and other segments are bound by a reader; that they are written alike is held above.
    const isPlain = (rule: Rule) => !/"(rank|inSegment)"/.test(JSON.stringify(rule));
    for (const rule of awkwardRules(150, 7).filter(isPlain)) expect(members(saved(rule))).toEqual(members(rule));
  });

  it('shows a negation as a group of none', () => {
    expect(toEditor({ type: 'not', child: { type: 'any', children: [leaf, leaf] } })).toMatchObject({
      mode: 'none',
      children: [{ field: 'email' }, { field: 'email' }],
    });
  });

  it('of everybody is a row, so that it can be saved as it is', () => {
    expect(readEditor(toEditor(everyone.root), clock)).toMatchObject({ state: 'sound', rule: everyone });
  });
});

const color = (key: string, values: string[] = ['red']): EditorAttribute => ({
  key,
  type: 'attribute',
  field: 'attributes.color',
  test: { operator: 'in', values },
});

describe('readEditor', () => {
  it('says nothing of an empty tree, so that nobody saves everybody by accident', () => {
    expect(readEditor(newGroup('all'), clock)).toEqual({ state: 'empty' });
  });

  it('names the row that is not complete', () => {
    const inner = newGroup('none', [color('b', []), color('c')]);
    const read = readEditor(newGroup('any', [color('a'), inner]), clock);
    expect(read).toMatchObject({ state: 'faulty', key: 'b', fault: { details: { reason: 'value_wrong' } } });
  });

  it('names an empty group', () => {
    const inner = newGroup('any');
    expect(readEditor(newGroup('all', [color('a'), inner]), clock)).toMatchObject({ key: inner.key });
  });

  it('names the row whose attribute was removed, and keeps it', () => {
    const fields: FieldCatalogue = fieldCatalogue({ attributes: awkwardAttributes.slice(1) });
    const root = newGroup('all', [color('a'), color('b')]);
    expect(readEditor(root, { ...clock, fields })).toMatchObject({
      key: 'a',
      fault: { details: { reason: 'field_unknown' } },
    });
  });

  it('names the step of a sequence, and the segment that is not chosen yet', () => {
    const window = { type: 'ever' } as const;
    const steps = [
      { key: 's1', eventTypes: ['order'] },
      { key: 's2', eventTypes: ['visit'], within: { unit: 'days', from: 'previous' } as const },
    ];
    const sequence = newGroup('all', [{ key: 'q', type: 'sequence', steps, window } as const]);
    expect(readEditor(sequence, clock)).toMatchObject({ state: 'faulty', key: 's2' });
    const segment = newGroup('all', [{ key: 'i', type: 'inSegment', segmentId: '', isNot: true } as const]);
    expect(readEditor(segment, clock)).toMatchObject({ state: 'faulty', key: 'i' });
  });
});
