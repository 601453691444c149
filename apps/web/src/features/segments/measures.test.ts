import { type FieldCatalogue, fieldCatalogue } from '@mini-crm/domain';
import { describe, expect, it } from 'vitest';
import { measureChoices, unitFields, withMeasure } from './measures.ts';

const property = (name: string, type: 'string' | 'number', eventTypes: string[]) =>
  ({ name, type, label: name, eventTypes }) as const;
const fields: FieldCatalogue = fieldCatalogue({
  attributes: [],
  eventTypes: ['signed_in', 'cart_added'],
  properties: [property('device', 'string', ['signed_in']), property('pieces', 'number', ['cart_added', 'order'])],
});
const paths = (unit: 'event' | 'line', ...types: string[]) => unitFields(fields, unit, types).map(({ path }) => path);
const ids = (unit: 'event' | 'line', ...types: string[]) => measureChoices(fields, unit, types).map(({ id }) => id);

describe('what can be asked of events', () => {
  it('are the properties of the chosen types, and money only where there is some', () => {
    expect(paths('event', 'signed_in')).toEqual(['at', 'properties.device']);
    expect(paths('event', 'signed_in', 'cart_added')).toEqual(['at', 'properties.device', 'properties.pieces']);
    expect(paths('event', 'order')).toEqual(['total', 'at', 'currency', 'properties.pieces']);
    expect(paths('line', 'order')).toContain('line.category');
  });

  it('is measured by what its type allows', () => {
    expect(ids('event', 'signed_in')).toEqual([
      'count:',
      'first:at',
      'last:at',
      'distinct:properties.device',
      'first:properties.device',
      'last:properties.device',
    ]);
    expect(ids('event', 'order')).toContain('sum:total');
    expect(ids('event', 'cart_added')).toContain('distinct:properties.pieces');
    expect(ids('line', 'order')).not.toContain('sum:total');
  });

  it('keeps a measure of a field that is gone in sight', () => {
    const measure = { aggregate: 'max', field: 'properties.gone' } as const;
    expect(withMeasure([], measure, 'event', fields)).toMatchObject([{ label: 'highest properties.gone' }]);
  });
});
