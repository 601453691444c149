import { expect, it } from 'vitest';
import { safePath } from './use-enter.ts';

it('goes on only to paths of this app', () => {
  expect(safePath('/o/acme/customers?q=a#b')).toBe('/o/acme/customers?q=a#b');
  for (const elsewhere of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '']) {
    expect(safePath(elsewhere)).toBe('/');
  }
});
