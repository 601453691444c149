import { accessTo, permissions, type Role, roles } from '@mini-crm/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { organizationRoutesOf } from '../http/organization-route.ts';
import { procedurePaths, procedureType, type TestApp, testApp } from '../testing/test-app.ts';

type Person = Awaited<ReturnType<TestApp['owner']>>;

let server: TestApp;
let stranger: Person;
const people = {} as Record<Role, Person>;

beforeAll(async () => {
  server = await testApp();
  people.owner = await server.owner();
  for (const role of ['admin', 'marketer', 'analyst'] as const) people[role] = await server.member(people.owner, role);
  stranger = await server.owner('Another organization');
});
afterAll(() => server.close());

const paths = procedurePaths();
const closed = paths.filter((path) => accessTo(path) !== 'public');
const ofOrganization = closed.filter((path) => accessTo(path) !== 'signed-in');

describe('the permission table', () => {
  test.each(paths)('names %s', (path) => {
    expect(accessTo(path)).not.toBeNull();
  });

  test('names nothing but procedures and plain routes that exist', () => {
    const routes = organizationRoutesOf(server.deps).map(({ action }) => action);
    const known = new Set<string>([...paths, ...routes]);
    expect(Object.keys(permissions).filter((action) => !known.has(action))).toEqual([]);
  });
});

/** Calls a procedure as it is called over the wire; a subscription answers its refusal as the first event of its stream. */
async function refusalOf(
  person: Pick<Person, 'cookie'> | null,
  path: string,
  orgId: string,
): Promise<string | undefined> {
  const isMutation = procedureType(path) === 'mutation';
  const input = JSON.stringify({ orgId });
  const response = await server.app.inject({
    method: isMutation ? 'POST' : 'GET',
    url: `/api/trpc/${path}${isMutation ? '' : `?input=${encodeURIComponent(input)}`}`,
    headers: { 'content-type': 'application/json', ...(person ? { cookie: person.cookie() } : {}) },
    ...(isMutation ? { payload: input } : {}),
  });
  return /"error":\{"code":"(\w+)"/.exec(response.body)?.[1];
}

describe('a procedure refuses', () => {
  test.each(closed)('%s: who is not signed in', async (path) => {
    expect(await refusalOf(null, path, people.owner.orgId)).toBe('not_signed_in');
  });

  test.each(ofOrganization)('%s: who belongs to another organization', async (path) => {
    expect(await refusalOf(stranger, path, people.owner.orgId)).toBe('not_found');
  });

  const wrongRoles = ofOrganization.flatMap((path) =>
    roles.filter((role) => !accessTo(path)?.includes(role)).map((role) => [path, role] as const),
  );
  test.each(wrongRoles)('%s: the role %s', async (path, role) => {
    expect(await refusalOf(people[role], path, people.owner.orgId)).toBe('not_permitted');
  });

  test('a path that is not in the table, whoever asks', async () => {
    expect((await people.owner.call('accounts.nothing', {})).status).toBe(404);
  });
});

describe('a plain route refuses like a procedure', () => {
  const ask = (route: { method: string; url: string }, person: Person | null) =>
    server.app.inject({
      method: route.method as 'GET',
      url: route.url.replace(':orgId', people.owner.orgId).replaceAll(/:\w+/g, 'x'),
      headers: person ? { cookie: person.cookie() } : {},
    });

  test('who is not signed in, belongs elsewhere or has another role', async () => {
    const routes = organizationRoutesOf(server.deps);
    for (const route of routes) {
      expect((await ask(route, null)).statusCode, route.url).toBe(401);
      expect((await ask(route, stranger)).statusCode, route.url).toBe(404);
      const access = permissions[route.action] as readonly Role[];
      for (const role of roles.filter((other) => !access.includes(other))) {
        expect((await ask(route, people[role])).statusCode, `${route.url} ${role}`).toBe(403);
      }
    }
  });
});
