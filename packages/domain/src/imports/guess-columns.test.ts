import { describe, expect, test } from 'vitest';
import { checkMapping } from './check-mapping.ts';
import { detectDelimiter, firstRows } from './detect-delimiter.ts';
import { guessColumns, guessKind, slugOf } from './guess-columns.ts';
import { guessDecimalSign, guessType } from './guess-type.ts';
import { sampleFile } from './sample-file.ts';

test('the columns of CDNOW are known by their names', () => {
  expect(
    guessColumns('customers', ['customer_id', 'email', 'signed_up_on'], [['00001', 'a@x.io', '1997-01-01']], []),
  ).toEqual([
    { type: 'field', field: 'externalId' },
    { type: 'field', field: 'email' },
    { type: 'newAttribute', slug: 'signed_up_on', label: 'Signed up on', valueType: 'date' },
  ]);
  expect(guessColumns('orders', ['order_id', 'customer_id', 'ordered_on', 'items', 'amount'], [], [])).toEqual(
    ['orderId', 'customerExternalId', 'orderedAt', 'quantity', 'amount'].map((field) => ({ type: 'order', field })),
  );
});

test('an attribute of the catalogue is used again, by slug or label', () => {
  const catalogue = [{ slug: 'tier', label: 'Loyalty tier', type: 'string' as const, options: [] }];
  expect(guessColumns('customers', ['Loyalty Tier'], [], catalogue)).toEqual([{ type: 'attribute', slug: 'tier' }]);
});

test('each field is guessed once, and the columns of refused rows are left out', () => {
  const targets = guessColumns('customers', ['import_row', 'import_reason', 'E-Mail', 'email'], [], []);
  expect(targets.map(({ type }) => type)).toEqual(['ignore', 'ignore', 'field', 'newAttribute']);
});

test.each(['customers', 'orders'] as const)('the sample of %s is guessed as a whole and fits', (kind) => {
  const [header = [], ...rows] = firstRows(sampleFile(kind).text, ',', 10);
  expect(guessKind(header)).toBe(kind);
  expect(checkMapping(kind, header.length, guessColumns(kind, header, rows, []), [])).toEqual({
    ok: true,
    value: undefined,
  });
});

describe('a type', () => {
  test.each([
    ['zip', ['01099', '10115'], 'string'],
    ['Postal code', ['10115'], 'string'],
    ['points', ['1', '2.5'], 'number'],
    ['points', ['123456789012'], 'string'],
    ['balance', ['10.00', '1,250.50'], 'money'],
    ['paid', ['$5', '$12.50'], 'money'],
    ['vip', ['yes', 'No'], 'boolean'],
    ['birthday', ['1985-12-10'], 'date'],
    ['birthday', ['10/12/1985'], 'date'],
    ['seen', ['2024-01-01 10:00'], 'datetime'],
    ['topics', ['a;b', 'c'], 'stringList'],
    ['city', ['Berlin'], 'string'],
    ['empty', [], 'string'],
  ])('of %s with %j is %s', (header, values, type) => {
    expect(guessType(header, values)).toBe(type);
  });
});

test.each([
  [['12,50', '3'], ','],
  [['12.50'], '.'],
  [['1.250,50'], ','],
  [['1,250'], '.'],
  [['Berlin, Germany'], '.'],
] as const)('decimals of %j are parted by %s', (values, sign) => {
  expect(guessDecimalSign(values)).toBe(sign);
});

test.each([
  ['a,b\n1,2\n', ','],
  ['a;b\n1,5;2\n', ';'],
  ['a\tb\n1\t2\n', '\t'],
  ['a|b|c\n1|2|3\n', '|'],
  ['email\na@x.io\n', ','],
] as const)('%j is parted by %j', (head, delimiter) => {
  expect(detectDelimiter(head)).toBe(delimiter);
});

test.each([
  ['Signed up on', 'signed_up_on'],
  ['Größe (cm)', 'grosse_cm'],
  ['2nd e-mail', 'nd_e_mail'],
  ['  ', null],
  ['__proto__', 'proto'],
])('%s is the slug %s', (header, slug) => {
  expect(slugOf(header)).toBe(slug);
});

describe('a mapping is refused', () => {
  test.each([
    ['customers', [{ type: 'field', field: 'firstName' }], 'identity_missing'],
    [
      'customers',
      [
        { type: 'field', field: 'email' },
        { type: 'field', field: 'email' },
      ],
      'target_twice',
    ],
    ['customers', [{ type: 'order', field: 'amount' }], 'target_of_other_kind'],
    ['customers', [{ type: 'attribute', slug: 'gone' }], 'attribute_unknown'],
    ['orders', [{ type: 'order', field: 'amount' }], 'customer_missing'],
    ['orders', [{ type: 'order', field: 'customerEmail' }], 'date_missing'],
    [
      'orders',
      [
        { type: 'order', field: 'customerEmail' },
        { type: 'order', field: 'orderedAt' },
      ],
      'amount_missing',
    ],
  ] as const)('of %s with %j: %s', (kind, columns, reason) => {
    const checked = checkMapping(kind, columns.length, [...columns], []);
    expect(checked).toMatchObject({ ok: false, error: { code: 'import_mapping_invalid', details: { reason } } });
  });
});

test('a property keeps the type that it has in the organization', () => {
  const header = ['email', 'date', 'amount', 'size', 'text'];
  const rows = [['a@b.example', '2026-01-01', '5', '12', '7']];
  const size = { name: 'size', type: 'string' } as const;
  expect(guessColumns('orders', header, rows, [], [size]).slice(3)).toEqual([
    { type: 'property', name: 'size', valueType: 'string' },
    { type: 'property', name: 'text', valueType: 'string' },
  ]);
  const columns = guessColumns('orders', header, rows, []).slice(0, 4);
  expect(checkMapping('orders', 4, columns, [])).toMatchObject({ ok: true });
  expect(checkMapping('orders', 4, columns, [], [size])).toMatchObject({
    error: { path: ['columns', 3], details: { reason: 'property_type' } },
  });
});
