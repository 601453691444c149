import { expect, test } from 'vitest';
import { faultAt, inputOf, senderErrors, valuesOf } from './sender-form-values.ts';

const fresh = valuesOf(null, 'shop@example.com');

test('a new sender begins as an SMTP server with STARTTLS, and would sign for the domain of the From address', () => {
  expect(fresh).toMatchObject({ type: 'smtp', tls: 'starttls', port: 587, domain: 'example.com', enabled: true });
});

test('says at each field what is wrong with it', () => {
  expect(senderErrors(fresh)).toEqual({ name: expect.any(String), host: expect.any(String) });
  const wrong = { ...fresh, name: 'Ours', host: 'http://smtp', port: '', signs: true, selector: 'a b', perHour: 0.5 };
  expect(Object.keys(senderErrors(wrong)).sort()).toEqual(['host', 'perHour', 'port', 'selector']);
  expect(senderErrors({ ...fresh, name: 'Ours', host: 'smtp.example.com' })).toEqual({});
});

test('leaves out what the other kind of sender would have, and keeps a password that nobody typed', () => {
  const smtp = inputOf({ ...fresh, name: 'Ours', host: ' smtp.example.com ', perMinute: 100 });
  expect(smtp).toEqual({
    name: 'Ours',
    enabled: true,
    throttle: { perSecond: null, perMinute: 100, perHour: null },
    way: { type: 'smtp', host: 'smtp.example.com', port: 587, tls: 'starttls', user: '', password: null, dkim: null },
  });
  const webhook = inputOf({ ...fresh, type: 'webhook', name: 'Ours', url: 'https://example.com/mail' });
  expect(webhook.way).toEqual({ type: 'webhook', url: 'https://example.com/mail', secret: { type: 'generate' } });
});

test('finds the field of what the server refuses', () => {
  expect(faultAt(['way', 'dkim', 'key'])?.field).toBe('privateKey');
  expect(faultAt(['way', 'password'])?.field).toBe('password');
  expect(faultAt(['orgId'])).toBeNull();
});
