import { expect, test } from 'vitest';
import { fold } from '../text/fold.ts';
import { fieldCatalogue } from './fields.ts';
import { parseRule } from './parse-rule.ts';
import { checkRule } from './resolve-rule.ts';
import { segmentFieldsSchema } from './segment.ts';
import { starterSegments } from './starter-segments.ts';

const context = { now: Date.UTC(2026, 5, 17), zone: 'UTC', fields: fieldCatalogue({ attributes: [] }) };

test('every organization can have them, in any currency: no rule names what only some have', () => {
  for (const currency of ['USD', 'JPY']) {
    for (const { name, description, rule } of starterSegments(currency)) {
      expect(parseRule(rule)).toEqual({ ok: true, value: rule });
      expect(checkRule(rule, context)).toMatchObject({ ok: true });
      expect(segmentFieldsSchema.parse({ name, description })).toEqual({ name, description });
    }
  }
});

test('their names differ', () => {
  const names = starterSegments('USD').map(({ name }) => fold(name));
  expect(new Set(names).size).toBe(5);
});
