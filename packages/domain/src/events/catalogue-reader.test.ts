import { describe, expect, test } from 'vitest';
import { fieldCatalogue } from '../segments/fields.ts';
import { catalogueReader, instantOf } from './catalogue-reader.ts';
import { type EventCatalogue, emptyEventCatalogue, namedInRules, wordsOf } from './event-catalogue.ts';

const now = new Date('2026-11-22T10:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const after = (catalogue: EventCatalogue, events: readonly [string, unknown][], at = now) => {
  const reader = catalogueReader(catalogue, { now: at });
  const answers = events.map(([type, properties]) => reader.read(type, properties));
  return { answers, catalogue: reader.changed() ?? catalogue, changed: reader.changed() !== null };
};
const refused = (properties: unknown, catalogue = emptyEventCatalogue) => {
  const [answer] = after(catalogue, [['viewed', properties]]).answers;
  return answer?.ok ? 'ok' : answer?.error.code;
};

describe('a catalogue reader', () => {
  test('types a name by its first value, and a full instant is a datetime', () => {
    const { catalogue, answers } = after(emptyEventCatalogue, [
      ['viewed', { page: '/a', seconds: 1.5, mobile: false, until: '2026-01-01T00:00:00+05:45', day: '2026-01-01' }],
      ['liked', { page: '/b', nothing: null }],
    ]);
    expect(answers[0]).toMatchObject({ ok: true, value: { until: new Date('2025-12-31T18:15:00Z') } });
    expect(catalogue.properties.map(({ name, type, eventTypes }) => [name, type, eventTypes])).toEqual([
      ['page', 'string', ['viewed', 'liked']],
      ['seconds', 'number', ['viewed']],
      ['mobile', 'boolean', ['viewed']],
      ['until', 'datetime', ['viewed']],
      ['day', 'string', ['viewed']],
    ]);
    expect(catalogue.types.map(({ type, firstSeenAt }) => [type, firstSeenAt])).toEqual([
      ['viewed', now],
      ['liked', now],
    ]);
  });

  test('refuses another type under a known name, in this catalogue and within one reading', () => {
    const { catalogue } = after(emptyEventCatalogue, [['viewed', { size: 4, until: '2026-01-01T00:00:00Z' }]]);
    expect(refused({ size: '4' }, catalogue)).toBe('property_type');
    expect(refused({ until: 'tomorrow' }, catalogue)).toBe('property_type');
    expect(refused({ until: 5 }, catalogue)).toBe('property_type');
    const { answers } = after(emptyEventCatalogue, [
      ['viewed', { size: 4 }],
      ['liked', { size: 'XL' }],
    ]);
    expect(answers[1]).toMatchObject({
      error: { code: 'property_type', path: ['properties', 'size'], details: { expected: 'number' } },
    });
  });

  test('a refused event leaves nothing behind', () => {
    expect(after(emptyEventCatalogue, [['viewed', { fine: 1, bad: {} }]]).changed).toBe(false);
  });

  test.each([
    ['an object', { a: { b: 1 } }, 'property_value_invalid'],
    ['a list', { a: [1] }, 'property_value_invalid'],
    ['a number that no sum is exact with', { a: 0.12345 }, 'property_value_invalid'],
    ['a thousand million', { a: 1e9 }, 'property_value_invalid'],
    ['a NUL', { a: 'x\0' }, 'property_value_invalid'],
    ['a lone surrogate', { a: 'x\ud800' }, 'property_value_invalid'],
    ['1,001 characters', { a: 'x'.repeat(1001) }, 'property_value_invalid'],
    ['__proto__', JSON.parse('{"__proto__": 1}'), 'property_name_invalid'],
    ['a name with a dot', { 'a.b': 1 }, 'property_name_invalid'],
    ['a name with a dollar', { $where: 1 }, 'property_name_invalid'],
    ['an emoji as a name', { '🙂': 1 }, 'property_name_invalid'],
    ['101 properties', Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`p${i}`, i])), 'properties_too_many'],
    ['no object', 'text', 'properties_invalid'],
    ['emoji and quotes', { a: '"🙂\'; $where' }, 'ok'],
    ['names that objects have', { constructor: 1, to_string: 'x', valueof: true }, 'ok'],
  ])('%s is %s', (_, properties, code) => {
    expect(refused(properties)).toBe(code);
  });

  test('what is there counts as seen again once a minute', () => {
    const { catalogue } = after(emptyEventCatalogue, [['viewed', { a: 1 }]]);
    expect(after(catalogue, [['viewed', { a: 2 }]], later(59_999)).changed).toBe(false);
    const again = after(catalogue, [['viewed', { a: 2 }]], later(60_000)).catalogue;
    expect(again.types).toMatchObject([{ firstSeenAt: now, lastSeenAt: later(60_000) }]);
  });

  test('refuses the 201st type and the 501st property, and goes on with those it knows', () => {
    const types = Array.from({ length: 200 }, (_, i): [string, unknown] => [`type_${i}`, {}]);
    const full = after(emptyEventCatalogue, types);
    const more = after(full.catalogue, [
      ['one_more', {}],
      ['type_7', { a: 1 }],
      ['order', {}],
    ]);
    expect(more.answers.map(({ ok }) => ok)).toEqual([false, true, true]);
    const many = Array.from({ length: 5 }, (_, k): [string, unknown] => [
      'viewed',
      Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`p${k}_${i}`, i])),
    ]);
    const { catalogue } = after(emptyEventCatalogue, many);
    expect(refused({ another: 1 }, catalogue)).toBe('property_limit');
    expect(refused({ p4_99: 1 }, catalogue)).toBe('ok');
  });

  test('a declared property holds before any event has it', () => {
    const reader = catalogueReader(emptyEventCatalogue, { now });
    const declared = { name: 'plan', type: 'string', eventTypes: ['upgraded'] } as const;
    expect(reader.declare(declared).ok).toBe(true);
    const catalogue = reader.changed() as EventCatalogue;
    expect(catalogue.types).toMatchObject([{ type: 'upgraded', lastSeenAt: null }]);
    expect(refused({ plan: 5 }, catalogue)).toBe('property_type');
    expect(refused({ plan: '2026-01-01T00:00:00Z' }, catalogue)).toBe('ok');
    expect(catalogueReader(catalogue, { now }).declare({ ...declared, type: 'number' }).ok).toBe(false);
  });

  test('what the demo brought becomes the organization’s own with its first event', () => {
    const reader = catalogueReader(emptyEventCatalogue, { now, demo: true });
    reader.read('order', { shipping: 'express' });
    const demo = reader.changed() as EventCatalogue;
    expect(demo.properties).toMatchObject([{ name: 'shipping', demo: true }]);
    const own = after(demo, [['order', { shipping: 'standard' }]]).catalogue;
    expect(own.properties[0]).not.toHaveProperty('demo');
    expect(own.types[0]).not.toHaveProperty('demo');
  });
});

test('every organization can ask for the text of its interactions, and a text elsewhere joins them', () => {
  expect(namedInRules(emptyEventCatalogue)).toMatchObject({
    eventTypes: [],
    properties: [{ name: 'text', type: 'string', eventTypes: ['call', 'note', 'visit', 'ticket'] }],
  });
  const { catalogue } = after(emptyEventCatalogue, [['review', { text: 'Fine', stars_given: 5 }]]);
  expect(namedInRules(catalogue)).toEqual({
    eventTypes: ['review'],
    typeLabels: new Map(),
    properties: [
      { name: 'text', type: 'string', label: 'Text', eventTypes: ['call', 'note', 'visit', 'ticket', 'review'] },
      { name: 'stars_given', type: 'number', label: 'Stars given', eventTypes: ['review'] },
    ],
  });
  expect(refused({ text: 5 })).toBe('property_type');
  expect(wordsOf('added_to_cart')).toBe('Added to cart');
});

test('what an organization calls a type is what its rules say', () => {
  const { catalogue } = after(emptyEventCatalogue, [['viewed', {}]]);
  const types = catalogue.types.map((one) => ({ ...one, label: 'Looked at' }));
  const { eventTypes } = fieldCatalogue({ attributes: [], ...namedInRules({ ...catalogue, types }) });
  expect(eventTypes.find(({ type }) => type === 'viewed')).toMatchObject({ plural: '“Looked at” events' });
});

test.each([
  ['2026-02-30T00:00:00Z', false],
  ['2026-02-28T24:00:00Z', false],
  ['2026-02-28T23:59:60Z', false],
  ['2026-02-28T12:00:00', false],
  ['2026-02-28 12:00:00Z', false],
  ['+123456-02-28T12:00:00Z', false],
  ['0001-01-01T00:00:00Z', true],
  ['9999-12-31T23:59:59.999+14:00', true],
])('%s says an instant in full: %s', (text, expected) => {
  expect(instantOf(text) !== null).toBe(expected);
});
