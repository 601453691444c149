import { expect, it } from 'vitest';
import { customerListSearchSchema, exportHref, filterOf, isFiltered, orderOf } from './list-search.ts';

it('reads an address, and ignores what does not fit', () => {
  const search = customerListSearchSchema.parse({ q: 123, email: 'maybe', from: '2026-02-30', sort: 'age', x: 1 });
  expect(filterOf(search)).toEqual({ search: '123' });
  expect(orderOf(search)).toEqual({ sort: 'createdAt', order: 'desc' });
});

it('an order alone is no filter', () => {
  expect(isFiltered({ sort: 'revenue', dir: 'asc' })).toBe(false);
  expect(isFiltered({ orders: 'none' })).toBe(true);
});

it('an export has the filters of the list, escaped', () => {
  expect(exportHref('org_1', {})).toBe('/api/o/org_1/customers.csv');
  expect(exportHref('org_1', { search: 'a&b=c' })).toBe('/api/o/org_1/customers.csv?search=a%26b%3Dc');
  expect(exportHref('org_1', { ids: ['cus_1', 'cus_2'] })).toBe('/api/o/org_1/customers.csv?ids=cus_1%2Ccus_2');
});
