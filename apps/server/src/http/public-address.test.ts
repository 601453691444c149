import { expect, test } from 'vitest';
import { isPrivateAddress, leadsInside, publicLookup } from './public-address.ts';

test.each([
  '127.0.0.1',
  '127.8.9.1',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '[::1]',
  'fd00::1',
  'fe80::1%eth0',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each(['8.8.8.8', '172.32.0.1', '193.0.0.1', '2001:4860:4860::8888', '2a00:1450::1'])('%s is public', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

test('a name that means this machine leads inside, one of the internet does not by itself', () => {
  expect(leadsInside('localhost')).toBe(true);
  expect(leadsInside('LOCALHOST.')).toBe(true);
  expect(leadsInside('[::1]')).toBe(true);
  expect(leadsInside('metadata.google.internal')).toBe(true);
  expect(leadsInside('smtp.example.com')).toBe(false);
});

test('a name whose address is private is not connected to', async () => {
  const looked = await new Promise((resolve) => publicLookup('localhost', { all: true }, (error) => resolve(error)));
  expect(looked).toMatchObject({ code: 'EPRIVATE' });
});
