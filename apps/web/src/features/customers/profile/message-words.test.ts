import { expect, it } from 'vitest';
import { messageWords } from './message-words.ts';

it.each([
  [{ state: 'sent', reason: null, opens: 0 }, 'Sent'],
  [{ state: 'sent', reason: null, opens: 2, openedAt: 'x', clickedAt: 'y' }, 'Sent, opened 2 times, clicked'],
  [{ state: 'sent', reason: null, opens: 1, openedAt: 'x', unsubscribedAt: 'z' }, 'Sent, opened, unsubscribed'],
  [{ state: 'skipped', reason: 'no_consent', opens: 0 }, 'Not sent · No consent'],
  [{ state: 'failed', reason: 'mailbox_full', opens: 0 }, 'Failed · Mailbox is full'],
] as const)('says %o as %s', (message, words) => {
  expect(messageWords(message).words).toBe(words);
});
