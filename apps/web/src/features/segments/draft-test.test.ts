import { type AttributeType, attributeTypes, operatorsByType } from '@mini-crm/domain';
import { describe, expect, it } from 'vitest';
import { firstTest, operandKind, withOperator } from './draft-test.ts';

describe('withOperator', () => {
  it('keeps what was typed where it still fits', () => {
    expect(withOperator({ operator: 'eq', value: 'red' }, 'in')).toEqual({ operator: 'in', values: ['red'] });
    expect(withOperator({ operator: 'in', values: ['red', 'blue'] }, 'contains')).toEqual({
      operator: 'contains',
      value: 'red',
    });
    expect(withOperator({ operator: 'gte', value: 3 }, 'between')).toEqual({
      operator: 'between',
      from: 3,
      to: undefined,
    });
    expect(withOperator({ operator: 'eq', value: 'red' }, 'isSet')).toEqual({ operator: 'isSet' });
  });

  it('looks ahead for an anniversary', () => {
    const test = withOperator({ operator: 'within', window: { type: 'ever' } }, 'anniversary');
    expect(test.window).toMatchObject({ type: 'next' });
  });
});

describe('every type of field', () => {
  it.each(attributeTypes)(
    '%s begins with an operator of its own, and each operator has an input',
    (type: AttributeType) => {
      expect(operatorsByType[type]).toContain(firstTest({ type, options: [] }).operator);
      for (const operator of operatorsByType[type]) {
        const kind = operandKind(operator);
        expect(kind === 'nothing').toBe(operator === 'isSet' || operator === 'isEmpty');
      }
    },
  );
});
