import { describe, expect, test } from 'vitest';
import { classifySmtpFault, enhancedStatus, type SmtpPhase, smtpPhases } from './classify-smtp.ts';

const say = (phase: SmtpPhase, text: string) => {
  const outcome = classifySmtpFault({ phase, code: Number(text.slice(0, 3)), text });
  if ('reason' in outcome) return outcome.reason;
  return 'fault' in outcome ? outcome.fault : outcome.type;
};

describe('a reply', () => {
  test.each<[SmtpPhase, string, string]>([
    ['recipient', '450 4.2.0 greylisted', 'temporary'],
    ['recipient', '451 try later', 'temporary'],
    ['recipient', '452 4.2.2 over quota', 'temporary'],
    ['answer', '451 4.3.0 local error', 'temporary'],
    ['recipient', '550 5.1.1 no such user', 'address_unknown'],
    ['recipient', '550 no such user', 'address_unknown'],
    ['recipient', '550 5.7.1 blocked', 'policy_refused'],
    ['recipient', '550 Your IP is listed in our RBL', 'policy_refused'],
    ['recipient', '550 5.0.0 blocked for bad reputation', 'policy_refused'],
    ['recipient', '550 5.1.1 unknown, and your policy is bad', 'address_unknown'],
    ['recipient', '552 5.2.2 mailbox full', 'mailbox_full'],
    ['recipient', '553 name not allowed', 'address_invalid'],
    ['recipient', '501 5.1.3 bad syntax', 'address_invalid'],
    ['answer', '554 5.7.1 spam', 'policy_refused'],
    ['answer', '550 spam', 'refused'],
    ['answer', '552 too big', 'message_too_large'],
    ['answer', '552 5.3.4 too big', 'message_too_large'],
    ['sender', '552 5.3.4 too big', 'message_too_large'],
    ['sender', '550 5.7.1 sender not allowed', 'sender_refused'],
    ['sender', '451 slow down', 'throttled'],
    ['sender', '530 5.7.0 authenticate first', 'login_refused'],
    ['recipient', '530 5.7.0 authenticate first', 'login_refused'],
    ['login', '535 5.7.8 wrong password', 'login_refused'],
    ['login', '454 4.7.0 temporary failure', 'throttled'],
    ['connect', '554 no service', 'unreachable'],
    ['connect', '421 too many connections', 'throttled'],
    ['answer', '421 4.3.0 shutting down', 'throttled'],
    ['secure', '454 TLS not available', 'tls_failed'],
  ])('at %s, %s means %s', (phase, text, meaning) => expect(say(phase, text)).toBe(meaning));

  test('keeps the words of the server, in one line and not too long', () => {
    const outcome = classifySmtpFault({ phase: 'recipient', code: 550, text: `5.1.1 who?\r\n${'x'.repeat(1000)}` });
    if (!('detail' in outcome) || outcome.detail === null) throw new Error('no detail');
    expect(outcome.detail.startsWith('550 5.1.1 who? xxx')).toBe(true);
    expect(outcome.detail.length).toBe(300);
  });
});

describe('a connection that is lost', () => {
  const lost = (phase: SmtpPhase) => classifySmtpFault({ phase, code: null, text: 'connection closed' }).type;
  test('leaves a message unknown only when it was written already', () => {
    expect(Object.fromEntries(smtpPhases.map((phase) => [phase, lost(phase)]))).toEqual({
      connect: 'unavailable',
      secure: 'unavailable',
      login: 'unavailable',
      sender: 'temporary',
      recipient: 'temporary',
      content: 'temporary',
      answer: 'unknown',
    });
  });
});

test('a positive reply is no fault, and saying so is a bug', () => {
  expect(() => classifySmtpFault({ phase: 'answer', code: 250, text: 'ok' })).toThrow();
});

test('finds the enhanced status of a reply, and nothing that only looks like one', () => {
  expect(enhancedStatus('550 5.1.1 no such user')).toBe('5.1.1');
  expect(enhancedStatus('550-5.7.26 unauthenticated')).toBe('5.7.26');
  expect(enhancedStatus('550 see 10.5.1.1 for help')).toBeNull();
  expect(enhancedStatus('550 no')).toBeNull();
});
