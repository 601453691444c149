import type { Sealed } from '@mini-crm/db';
import { expect, test } from 'vitest';
import { secretBox } from './secret-box.ts';

const box = secretBox('a secret of this installation, long enough');

test('opens what it sealed, and shows nothing of it', () => {
  const sealed = box.seal('org_1:snd_1:password', 'pässword');
  expect(sealed).not.toContain('ssword');
  expect(box.open('org_1:snd_1:password', sealed)).toBe('pässword');
  expect(box.seal('org_1:snd_1:password', 'pässword')).not.toBe(sealed);
});

test('opens nothing that was moved, changed, cut or sealed under another secret', () => {
  const sealed = box.seal('org_1:snd_1:password', 'password');
  const changed = `${sealed.slice(0, -2)}${sealed.endsWith('A') ? 'B' : 'A'}${sealed.slice(-1)}` as Sealed;
  expect(() => box.open('org_2:snd_1:password', sealed)).toThrow();
  expect(() => box.open('org_1:snd_1:password', changed)).toThrow();
  expect(() => box.open('org_1:snd_1:password', sealed.slice(0, 20) as Sealed)).toThrow();
  expect(() => box.open('org_1:snd_1:password', 'plain' as Sealed)).toThrow();
  expect(() => secretBox('another secret of another one').open('org_1:snd_1:password', sealed)).toThrow();
});
