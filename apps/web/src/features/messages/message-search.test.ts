import { expect, test } from 'vitest';
import { isPartOfAddress, messageFilterOf, messageSearchSchema, messagesFileHref } from './message-search.ts';

test('days are whole days of the organization’s zone', () => {
  const search = messageSearchSchema.parse({ from: '2026-11-01', to: '2026-11-02' });
  expect(messageFilterOf(search, 'Europe/Berlin')).toEqual({
    from: '2026-10-31T23:00:00.000Z',
    to: '2026-11-02T23:00:00.000Z',
  });
});

test('what does not fit is as good as absent, and a link needs its campaign', () => {
  const search = messageSearchSchema.parse({ q: 12, show: 'all', state: 'nonsense', from: '2026-02-30', link: 1 });
  expect(messageFilterOf(search, 'UTC')).toEqual({ address: '12' });
  expect(isPartOfAddress(search)).toBe(true);
  expect(isPartOfAddress({ q: 'ann@shop.example' })).toBe(false);
  expect(isPartOfAddress({})).toBe(false);
});

test('what is shown is a sort of messages, interactions, or one kind of them', () => {
  expect(messageFilterOf({ show: 'transactional' }, 'UTC')).toEqual({ show: 'transactional' });
  expect(messageFilterOf({ show: 'call' }, 'UTC')).toEqual({ interaction: 'call' });
});

test('the file has the same filter', () => {
  expect(messagesFileHref('org_1', {})).toBe('/api/o/org_1/messages.csv');
  expect(messagesFileHref('org_1', { state: 'failed', address: 'a+b@c' })).toBe(
    '/api/o/org_1/messages.csv?state=failed&address=a%2Bb%40c',
  );
});
