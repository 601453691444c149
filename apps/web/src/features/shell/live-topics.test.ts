import { expect, it } from 'vitest';
import { showsTopic } from './live-topics.ts';

it('finds the queries of a topic by the first part of their path', () => {
  expect(showsTopic([['members', 'list'], { type: 'query' }], ['members'])).toBe(true);
  expect(showsTopic([['accounts', 'me']], ['members'])).toBe(true);
  expect(showsTopic([['customers', 'list']], ['members'])).toBe(false);
  expect(showsTopic([['customers', 'list']], ['members', 'customers'])).toBe(true);
});

it('leaves queries alone that are not of the server', () => {
  expect(showsTopic(['customers'], ['customers'])).toBe(false);
  expect(showsTopic([], ['customers'])).toBe(false);
});
