import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { makeResetLink } from './account.usecases.ts';

let server: TestApp;
beforeAll(async () => {
  server = await testApp();
});
afterAll(() => server.close());

const tokenOf = (link: string) => link.split('/').at(-1);

describe('signing up and in', () => {
  test('makes an organization and its owner, signed in', async () => {
    const ada = await server.owner('Söhne & Töchter 🎈');
    const me = (await ada.call('accounts.me')).data;
    expect(me.organizations).toMatchObject([{ name: 'Söhne & Töchter 🎈', slug: 'sohne-tochter', role: 'owner' }]);
  });

  test('refuses an address that is taken, in whatever case', async () => {
    const ada = await server.owner();
    const again = { name: 'Eve', email: ada.email.toUpperCase(), password: server.password, organizationName: 'Eve' };
    const answer = await server.client().call('accounts.signUp', again);
    expect(answer).toMatchObject({ status: 409, error: { code: 'email_taken', path: ['email'] } });
  });

  test('makes one account of two sign-ups at the same moment', async () => {
    const twin = { name: 'Twin', email: 'twin@test.example', password: server.password, organizationName: 'Twin' };
    const both = await Promise.all([1, 2].map(() => server.client().call('accounts.signUp', twin)));
    const [refused] = both.filter(({ status }) => status !== 200);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(refused?.status).toBe(409);
  });

  test('ends the session on the server when a person signs out', async () => {
    const ada = await server.owner();
    const before = ada.cookie();
    await ada.call('accounts.signOut');
    const stolen = await server.app.inject({ url: '/api/trpc/accounts.me', headers: { cookie: before } });
    expect(stolen.json().result.data).toBeNull();
  });

  test('says the same of a wrong password and of an unknown address', async () => {
    const ada = await server.owner();
    const wrong = await server.client().call('accounts.signIn', { email: ada.email, password: 'not the password' });
    const unknown = await server.client().call('accounts.signIn', { email: 'nobody@test.example', password: 'x' });
    expect([wrong.error, unknown.error]).toEqual([{ code: 'wrong_credentials' }, { code: 'wrong_credentials' }]);
  });

  test('stops guessing after ten tries, even with the right password', async () => {
    const ada = await server.owner();
    for (let i = 0; i < 10; i++) await server.client().call('accounts.signIn', { email: ada.email, password: 'guess' });
    const right = await server.client().call('accounts.signIn', { email: ada.email, password: server.password });
    expect(right).toMatchObject({ status: 429, error: { code: 'too_many_requests' } });
  });

  test('refuses a mutation that another site sends', async () => {
    const ada = await server.owner();
    const send = (headers: Record<string, string>) =>
      server.app.inject({
        method: 'POST',
        url: '/api/trpc/accounts.signOutOthers',
        headers: { 'content-type': 'application/json', cookie: ada.cookie(), ...headers },
        payload: '{}',
      });
    expect((await send({ origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await send({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await send({ origin: 'http://localhost:3000' })).statusCode).toBe(200);
  });
});

describe('a password reset', () => {
  test('is mailed, works once, and ends all sessions', async () => {
    const ada = await server.owner();
    await server.client().call('accounts.requestPasswordReset', { email: ada.email });
    const token = tokenOf(/http\S+/.exec(server.mails.at(-1)?.text ?? '')?.[0] ?? '');
    const visitor = server.client();
    expect((await visitor.call('accounts.resetPassword', { token, password: 'a new long password' })).status).toBe(200);
    expect((await ada.call('accounts.me')).data).toBeNull();
    expect((await visitor.call('accounts.me')).data.user.email).toBe(ada.email);
    const again = await server.client().call('accounts.resetPassword', { token, password: 'another password' });
    expect(again.error?.code).toBe('link_invalid');
  });

  test('answers the same for an address without an account, and mails nothing', async () => {
    const mails = server.mails.length;
    const answer = await server.client().call('accounts.requestPasswordReset', { email: 'nobody@test.example' });
    expect(answer.data).toEqual({ mailed: true });
    expect(server.mails).toHaveLength(mails);
  });

  test('a newer link ends the older one', async () => {
    const ada = await server.owner();
    const [older, newer] = [await makeResetLink(server.deps, ada.email), await makeResetLink(server.deps, ada.email)];
    const reset = (link: string | null) =>
      server.client().call('accounts.resetPassword', { token: tokenOf(link ?? ''), password: 'a new long password' });
    expect((await reset(older)).error?.code).toBe('link_invalid');
    expect((await reset(newer)).status).toBe(200);
  });
});

describe('an invitation', () => {
  test('lets a person who has an account join by signing in, with the role it names', async () => {
    const [ada, bob] = [await server.owner('Ada'), await server.owner('Bob')];
    const { data } = await ada.call('members.invite', { orgId: ada.orgId, email: bob.email, role: 'marketer' });
    const token = tokenOf(data.link);
    expect((await server.client().call('accounts.acceptInvitation', { token })).error?.code).toBe('not_signed_in');
    await bob.call('accounts.acceptInvitation', { token });
    const roles = (await bob.call('accounts.me')).data.organizations.map(
      (organization: { role: string }) => organization.role,
    );
    expect(roles).toEqual(['owner', 'marketer']);
  });

  test('is refused to somebody else, and to a second use', async () => {
    const [ada, bob, eve] = [await server.owner(), await server.owner(), await server.owner()];
    const { data } = await ada.call('members.invite', { orgId: ada.orgId, email: bob.email, role: 'admin' });
    const token = tokenOf(data.link);
    expect((await eve.call('accounts.acceptInvitation', { token })).error?.code).toBe('invitation_for_another_address');
    expect((await bob.call('accounts.acceptInvitation', { token })).status).toBe(200);
    expect((await bob.call('accounts.acceptInvitation', { token })).error?.code).toBe('link_invalid');
  });

  test('can be revoked', async () => {
    const ada = await server.owner();
    const { data } = await ada.call('members.invite', { orgId: ada.orgId, email: 'new@test.example', role: 'analyst' });
    const list = (await ada.call('members.list', { orgId: ada.orgId })).data;
    await ada.call('members.revokeInvitation', { orgId: ada.orgId, id: list.invitations[0].id });
    expect((await server.client().call('accounts.invitation', { token: tokenOf(data.link) })).error?.code).toBe(
      'link_invalid',
    );
  });
});

describe('members', () => {
  test('an admin neither makes nor unmakes owners', async () => {
    const ada = await server.owner();
    const admin = await server.member(ada, 'admin');
    const { members } = (await ada.call('members.list', { orgId: ada.orgId })).data;
    const ownerId = members[0].userId;
    const invite = await admin.call('members.invite', { orgId: ada.orgId, email: 'x@test.example', role: 'owner' });
    const demote = await admin.call('members.changeRole', { orgId: ada.orgId, userId: ownerId, role: 'analyst' });
    const remove = await admin.call('members.remove', { orgId: ada.orgId, userId: ownerId });
    expect([invite, demote, remove].map(({ error }) => error?.code)).toEqual(Array(3).fill('not_permitted'));
  });

  test('the last owner stays, even when two owners leave at the same time', async () => {
    const ada = await server.owner();
    const bob = await server.member(ada, 'owner');
    const both = await Promise.all([ada, bob].map((one) => one.call('members.leave', { orgId: ada.orgId })));
    expect(both.map(({ error }) => error?.code ?? 'left').sort()).toEqual(['last_owner', 'left']);
  });

  test('somebody who is removed can do nothing any more', async () => {
    const ada = await server.owner();
    const bob = await server.member(ada, 'admin');
    const { members } = (await ada.call('members.list', { orgId: ada.orgId })).data;
    const { userId } = members.find((one: { role: string }) => one.role === 'admin');
    await ada.call('members.remove', { orgId: ada.orgId, userId });
    expect((await bob.call('members.list', { orgId: ada.orgId })).error?.code).toBe('not_found');
  });
});
