import { expect, it } from 'vitest';
import { showsTopic } from './live-topics.ts';

it('finds the queries of a topic by the first part of their path', () => {
  expect(showsTopic([['members', 'list'], { type: 'query' }], ['members'])).toBe(true);
  expect(showsTopic([['accounts', 'me']], ['members'])).toBe(true);
  expect(showsTopic([['customers', 'list']], ['members'])).toBe(false);
  expect(showsTopic([['customers', 'list']], ['members', 'customers'])).toBe(true);
});

it('can name a single procedure', () => {
  expect(showsTopic([['customers', 'timeline']], ['deliveries'])).toBe(true);
  expect(showsTopic([['customers', 'list']], ['deliveries'])).toBe(false);
});

it('does not take a name for another that begins like it', () => {
  expect(showsTopic([['home2', 'overview']], ['customers'])).toBe(false);
});

it('leaves queries alone that are not of the server', () => {
  expect(showsTopic(['customers'], ['customers'])).toBe(false);
  expect(showsTopic([], ['customers'])).toBe(false);
});
