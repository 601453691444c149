import { expect, test } from 'vitest';
import { type CatalogueProperty, type EventCatalogue, withoutEventType, withoutProperty } from './event-catalogue.ts';

const type = (name: string) => ({ type: name, label: null, firstSeenAt: null, lastSeenAt: null });
const property = (name: string, eventTypes: readonly string[]): CatalogueProperty => ({
  ...{ name, type: 'string', label: null },
  eventTypes: [...eventTypes],
});
const catalogue: EventCatalogue = {
  types: [type('viewed'), type('order')],
  properties: [property('page', ['viewed']), property('shop', ['viewed', 'order']), property('text', ['viewed'])],
};

test('a type goes with the properties that only its events had', () => {
  expect(withoutEventType(catalogue, 'viewed')).toEqual({
    types: [type('order')],
    properties: [property('shop', ['order'])],
  });
});

test('a property goes alone', () => {
  expect(withoutProperty(catalogue, 'page')?.properties.map(({ name }) => name)).toEqual(['shop', 'text']);
});

test('what every organization has, or this one has not, can not go', () => {
  for (const name of ['order', 'call', 'nothing']) expect(withoutEventType(catalogue, name), name).toBeNull();
  for (const name of ['text', 'nothing']) expect(withoutProperty(catalogue, name), name).toBeNull();
});
