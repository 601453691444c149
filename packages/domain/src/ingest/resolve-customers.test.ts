import { expect, test } from 'vitest';
import type { CustomerId } from '../ids/id.ts';
import type { CustomerReference } from './items.ts';
import { customerResolver, type ReferredCustomer } from './resolve-customers.ts';

const id = (text: string) => text as CustomerId;
const known: readonly ReferredCustomer[] = [
  { id: id('ann'), externalId: '1', email: 'Ann@shop.example' },
  { id: id('bob'), externalId: null, email: 'bob@shop.example' },
  { id: id('cy'), externalId: '3', email: null },
];

function resolve(...references: CustomerReference[]) {
  let made = 0;
  const resolver = customerResolver(known, () => id(`new${++made}`));
  const answers = references.map((reference) => {
    const found = resolver.resolve(reference);
    if (found.ok) found.value.take();
    return found.ok ? found.value.id : found.error.code;
  });
  return { answers, ...resolver.changes() };
}

test('an external id goes before an address, and an address is found in any case', () => {
  const { answers, inserts, fills } = resolve({ externalId: '1' }, { email: 'ANN@shop.example' }, { id: id('cy') });
  expect(answers).toEqual(['ann', 'ann', 'cy']);
  expect([inserts, fills]).toEqual([[], []]);
});

test('who is unknown is created once, and known to what comes later', () => {
  const { answers, inserts } = resolve(
    { externalId: '9' },
    { externalId: '9', email: 'nine@shop.example' },
    { email: 'NINE@shop.example' },
  );
  expect(new Set(answers)).toEqual(new Set(['new1']));
  expect(inserts).toEqual([{ id: 'new1', externalId: '9', email: 'nine@shop.example' }]);
});

test('what a customer lacks is filled in, and nothing that is there is changed', () => {
  const { answers, fills } = resolve(
    { externalId: '2', email: 'bob@shop.example' },
    { externalId: '2' },
    { externalId: '1', email: 'other@shop.example' },
  );
  expect(answers).toEqual(['bob', 'bob', 'ann']);
  expect(fills).toEqual([{ id: 'bob', externalId: '2', email: 'bob@shop.example' }]);
});

test('two people behind one reference, and an id that is not here, are refused', () => {
  const { answers, inserts, fills } = resolve(
    { externalId: '3', email: 'ann@shop.example' },
    { externalId: '4', email: 'ann@shop.example' },
    { id: id('ann'), externalId: '3' },
    { id: id('nobody') },
  );
  expect(answers).toEqual([
    'customer_identity_clash',
    'customer_identity_clash',
    'customer_identity_clash',
    'customer_unknown',
  ]);
  expect([inserts, fills]).toEqual([[], []]);
});

test('who is only resolved is not created', () => {
  const resolver = customerResolver([], () => id('new'));
  expect(resolver.resolve({ externalId: '1' }).ok).toBe(true);
  expect(resolver.changes().inserts).toEqual([]);
});
