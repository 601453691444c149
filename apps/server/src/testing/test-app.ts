import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeFeed, changeStream, columnarEngine, columnFirstEngine, databaseEngine } from '@mini-crm/db';
import { testDatabase } from '@mini-crm/db/testing';
import type { OrganizationId, Role } from '@mini-crm/domain';
import { pino } from 'pino';
import { buildApp } from '../app.ts';
import { openChannel } from '../delivery/channels/open-channel.ts';
import type { Mailer, SystemMail } from '../deps.ts';
import { readEnv } from '../env.ts';
import { appRouter } from '../router.ts';

/** The answer of a call: what came back, or the refusal as a client sees it. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly data: any;
  readonly error: { readonly code: string; readonly path?: unknown; readonly details?: unknown } | null;
}

/** A browser, as far as the server can tell: it keeps its cookie and calls procedures over HTTP. */
export interface TestClient {
  call(path: string, input?: unknown): Promise<Answer>;
  readonly cookie: () => string;
}

/** A server of its own on a database of its own; requests don't leave the process, everything else is real. */
export async function testApp(settings: Record<string, string> = {}) {
  const database = await testDatabase();
  const env = readEnv({
    NODE_ENV: 'test',
    MONGODB_URI: database.uri,
    LOG_LEVEL: 'silent',
    RATE_LIMIT_PER_MINUTE: '100000',
    // Sizes from columns only where a test is about them: `testApp({ ENGINE: 'true' })`.
    ENGINE: 'false',
    ...settings,
  });
  const log = pino({ level: 'silent' });
  const mails: SystemMail[] = [];
  const mailer: Mailer = {
    configured: true,
    send: async (mail) => void mails.push(mail),
    close: async () => undefined,
  };
  const source = changeStream(database.database.driver, log);
  const feed = changeFeed(source);
  const now = () => new Date();
  const channel = openChannel(database.database, env, now);
  const folder = env.ENGINE ? await mkdtemp(join(tmpdir(), 'mini-crm-columns-')) : null;
  // In this thread, and patient: what is asked after a write counts it, however slow the machine is.
  const columns = folder && { folder, address: env.engineUrl, leaseMs: 60_000, freshMs: 60_000 };
  const engine = columns
    ? columnFirstEngine(
        columnarEngine({ ...columns, database: database.database, source, log }),
        database.database,
        now,
      )
    : databaseEngine(database.database, now);
  const deps = { database: database.database, env, log, mailer, channel, feed, engine, now };
  const app = await buildApp(deps);
  await app.ready();

  const client = (): TestClient => {
    let cookie = '';
    return {
      cookie: () => cookie,
      async call(path, input) {
        const isQuery = procedureType(path) === 'query';
        const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
        const response = await app.inject({
          method: isQuery ? 'GET' : 'POST',
          url: `/api/trpc/${path}${isQuery ? query : ''}`,
          headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
          ...(isQuery ? {} : { payload: JSON.stringify(input ?? {}) }),
        });
        const set = response.headers['set-cookie'];
        const first = Array.isArray(set) ? set[0] : set;
        if (first) cookie = first.split(';')[0] ?? '';
        const body = response.json();
        return { status: response.statusCode, data: body.result?.data ?? null, error: body.error?.data?.error ?? null };
      },
    };
  };

  let people = 0;
  const password = 'correct horse battery';

  /** Signs up a new person with an organization of their own. */
  async function owner(organizationName = 'Test organization') {
    const who = client();
    people += 1;
    const email = `owner${people}@test.example`;
    await who.call('accounts.signUp', { name: `Owner ${people}`, email, password, organizationName });
    const me = await who.call('accounts.me');
    const orgId = me.data.organizations[0].id as OrganizationId;
    return { ...who, email, orgId };
  }

  /** Lets a new person join an organization with a role. */
  async function member(of: { call: TestClient['call']; orgId: OrganizationId }, role: Role) {
    people += 1;
    const email = `${role}${people}@test.example`;
    const invitation = await of.call('members.invite', { orgId: of.orgId, email, role });
    const token = invitation.data.link.split('/').at(-1);
    const who = client();
    await who.call('accounts.acceptInvitation', { token, name: `The ${role}`, password });
    return { ...who, email, orgId: of.orgId };
  }

  return {
    app,
    deps,
    database,
    mails,
    password,
    client,
    owner,
    member,
    async close() {
      await app.close();
      await engine.close();
      await feed.stop();
      if (folder) await rm(folder, { recursive: true, force: true });
      await channel.close();
      await database.close();
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof testApp>>;

const procedures = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: 'query' | 'mutation' | 'subscription' } }
>;

/** The paths of all procedures of the router. */
export const procedurePaths = (): string[] => Object.keys(procedures);

/** Whether a path is a query, a mutation or a subscription. */
export const procedureType = (path: string) => procedures[path]?._def.type;
