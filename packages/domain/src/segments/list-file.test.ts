import { expect, test } from 'vitest';
import { listColumns, listKey } from './list-file.ts';

const own = `cus_${'0'.repeat(26)}`;

test('finds the columns by their names, however they are written', () => {
  expect(listColumns(['Name', 'External ID', 'E-Mail'])).toEqual({ id: 1, email: 2, headed: true });
  expect(listColumns(['name', 'EMAIL_ADDRESS'])).toEqual({ id: null, email: 1, headed: true });
  expect(listColumns(['id'])).toEqual({ id: 0, email: null, headed: true });
});

test('takes a bare list of addresses or of our own ids, and no other file without names', () => {
  expect(listColumns(['Ann', 'ann@shop.example'])).toEqual({ id: null, email: 1, headed: false });
  expect(listColumns([own])).toEqual({ id: 0, email: null, headed: false });
  expect(listColumns(['Ann', 'Miller'])).toBeNull();
});

test('reads who a row is about, and nothing from empty cells', () => {
  const columns = { id: 0, email: 1, headed: true };
  expect(listKey(columns, ['c1', ' ANN@shop.example '])).toEqual({
    id: null,
    externalId: 'c1',
    email: 'ann@shop.example',
  });
  expect(listKey(columns, [own])).toEqual({ id: own, externalId: own, email: null });
  expect(listKey(columns, ["'=c1", ''])).toMatchObject({ externalId: '=c1' });
  expect(listKey(columns, [' ', ''])).toBeNull();
});
