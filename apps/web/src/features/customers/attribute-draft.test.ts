import type { Attribute, AttributeType } from '@mini-crm/domain';
import { expect, it } from 'vitest';
import { readDraft, toDraft } from './attribute-draft.ts';

const of = (type: AttributeType, options: string[] = []): Attribute => ({ slug: 'x', label: 'X', type, options });

it.each([
  [of('string'), 'Vienna'],
  [of('number'), 12.5],
  [of('number'), -3],
  [of('boolean'), true],
  [of('boolean'), false],
  [of('date'), '2024-02-29'],
  [of('datetime'), '2026-11-22T13:03:00.000Z'],
  [of('money'), { amount: 1230, currency: 'USD' }],
  [of('money'), { amount: -5, currency: 'JPY' }],
  [of('stringList'), ['a', 'b']],
  [of('enum', ['Gold', 'Silver']), 'Gold'],
  [of('enumList', ['Gold', 'Silver']), ['Silver']],
] as const)('a %o survives being edited without a change', (attribute, value) => {
  expect(readDraft(attribute, toDraft(attribute, value))).toEqual({ ok: true, value });
});

it.each(['string', 'number', 'boolean', 'date', 'datetime', 'money', 'stringList', 'enum', 'enumList'] as const)(
  'an empty field of type %s is no value',
  (type) => {
    expect(readDraft(of(type), toDraft(of(type), undefined))).toEqual({ ok: true, value: null });
  },
);

it.each([
  [of('number'), '1e5'],
  [of('number'), '1.23456'],
  [of('number'), '0x10'],
  [of('date'), '2023-02-29'],
  [of('money'), '12.345 USD'],
  [of('money'), '12.34'],
  [of('enum', ['Gold']), 'Bronze'],
])('refuses %o with %s', (attribute, draft) => {
  expect(readDraft(attribute, draft)).toMatchObject({ ok: false });
});
