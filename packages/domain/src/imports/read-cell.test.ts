import { describe, expect, test } from 'vitest';
import {
  attributeReader,
  cellText,
  readAmount,
  readBoolean,
  readEmail,
  readList,
  readNumber,
  readPhone,
} from './read-cell.ts';

const refused = Symbol('refused');
const value = <T>(result: { ok: true; value: T } | { ok: false }) => (result.ok ? result.value : refused);

test('the apostrophe that keeps a spreadsheet from running a cell is taken off again', () => {
  expect(cellText(" '=1+1 ")).toBe('=1+1');
  expect(cellText("'+49 171")).toBe('+49 171');
  expect(cellText("'tis")).toBe("'tis");
  expect(cellText(undefined)).toBe('');
});

describe('amounts become minor units by their digits', () => {
  test.each([
    ['11.77', '.', 1177],
    ['0.00', '.', 0],
    ['1,234.5', '.', 123450],
    ['1.234,50', ',', 123450],
    ['$1,234.50', '.', 123450],
    ['12,00 €', ',', 1200],
    ['USD 12', '.', 1200],
    ['(12.00)', '.', -1200],
    ['-$5', '.', -500],
    ['0.1', '.', 10],
    ['1.005', '.', refused],
    ['1.000', '.', 100],
    ['twelve', '.', refused],
    ['1,23', '.', refused],
  ] as const)('%s with %s is %s', (text, sign, amount) => {
    expect(value(readAmount('USD', sign)(text))).toBe(amount);
  });
});

test.each([
  ['1,250.5', '.', 1250.5],
  ['1.250,5', ',', 1250.5],
  ['-7', '.', -7],
  ['-0', '.', 0],
  ['1.23456', '.', refused],
  ['1e5', '.', refused],
  ['1000000000', '.', refused],
  ['0x10', '.', refused],
] as const)('the number %s with %s is %s', (text, sign, number) => {
  expect(value(readNumber(sign)(text))).toBe(number);
});

test.each([
  ['Yes', true],
  ['0', false],
  ['TRUE', true],
  ['maybe', refused],
])('%s is %s', (text, answer) => {
  expect(value(readBoolean(text))).toBe(answer);
});

test.each([
  ['a.b+c@example.co.uk', 'a.b+c@example.co.uk'],
  ["o'hara@example.com", "o'hara@example.com"],
  ['a@example', refused],
  ['a b@example.com', refused],
  [`${'a'.repeat(250)}@example.com`, refused],
])('the address %s is %s', (text, address) => {
  expect(value(readEmail(text))).toBe(address);
});

test.each([
  ['+49 (171) 123-4567', '+491711234567'],
  ['0049 171 1234567', '+491711234567'],
  ['0171 1234567', refused],
])('the phone number %s is %s', (text, phone) => {
  expect(value(readPhone(text))).toBe(phone);
});

test('a list is parted by semicolons or bars, else by commas, each entry once', () => {
  expect(value(readList('a; b ;a'))).toEqual(['a', 'b']);
  expect(value(readList('a, b'))).toEqual(['a', 'b']);
  expect(value(readList('a,b|c'))).toEqual(['a,b', 'c']);
});

describe('an attribute', () => {
  const options = { zone: 'UTC', currency: 'USD', decimalSign: '.', dateOrder: 'dmy' } as const;
  test.each([
    ['string', [], '00123', '00123'],
    ['date', [], '31/12/2024 10:00', '2024-12-31'],
    ['datetime', [], '2024-01-02', new Date('2024-01-02T00:00:00Z')],
    ['money', [], '9.90', { amount: 990, currency: 'USD' }],
    ['enum', ['Gold', 'Silver'], 'gold', 'Gold'],
    ['enum', ['Gold'], 'bronze', refused],
    ['enumList', ['a', 'b'], 'B;a', ['b', 'a']],
    ['enumList', ['a'], 'a;c', refused],
  ] as const)('of type %s %s reads %s', (type, list, text, read) => {
    expect(value(attributeReader({ type, options: [...list] }, options)(text))).toEqual(read);
  });
});
