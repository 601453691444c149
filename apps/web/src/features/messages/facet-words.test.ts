import { expect, test } from 'vitest';
import { unavailable } from './facet-words.ts';

test('a filter that the server would refuse says which other stands in its way', () => {
  expect(unavailable({}, { channel: 'email' })).toBeUndefined();
  expect(unavailable({ state: 'sent' }, { channel: 'email' })).toBeUndefined();
  expect(unavailable({ response: 'opened' }, { channel: 'email' })).toBe(
    'Not together with Response: take that filter away first.',
  );
  expect(unavailable({ state: 'sent', channel: 'email' }, { response: 'opened' })).toBe(
    'Not together with Channel or State: take that filter away first.',
  );
});
