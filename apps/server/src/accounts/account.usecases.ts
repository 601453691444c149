import {
  type DomainError,
  err,
  fold,
  isCurrency,
  isTimeZone,
  type OrganizationId,
  type OrganizationSettings,
  ok,
  type Result,
  type signInSchema,
  type signUpSchema,
  slugFrom,
  type UserId,
} from '@mini-crm/domain';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { hashPassword, hashToken, newToken, passwordFits } from './secrets.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

const tenMinutes = 600;
const anHour = 3600;
const resetLifetimeMs = 2 * 3600_000;

/** Makes a person, their first organization and its owner, all or nothing; at most a hundred an hour from one address. */
export async function signUp(
  deps: Deps,
  input: z.infer<typeof signUpSchema>,
  address: string,
): Outcome<{ userId: UserId; slug: string }> {
  const { accounts } = deps.database;
  if ((await accounts.countUse(`sign-up:address:${address}`, anHour)) > 100) return err({ code: 'too_many_requests' });
  if (!deps.env.OPEN_SIGN_UP && (await accounts.organizationIds()).length > 0) return err({ code: 'sign_up_closed' });
  const foldedEmail = fold(input.email);
  if (await accounts.userByEmail(foldedEmail)) return err({ code: 'email_taken', path: ['email'] });
  const passwordHash = await hashPassword(input.password);
  const { name, email } = input;
  const slug = await freeSlug(deps, input.organizationName);
  try {
    const userId = await deps.database.transaction(async (session) => {
      const id = await accounts.insertUser({ name, email, foldedEmail, passwordHash }, session);
      await openOrganization(deps, { slug, ...settingsOf(input) }, id, session);
      return id;
    });
    return ok({ userId, slug });
  } catch (error) {
    // Two sign-ups at the same moment: the second form of one address, or of one organization's name.
    const key = takenKey(error);
    if (key === 'foldedEmail') return err({ code: 'email_taken', path: ['email'] });
    if (key === 'slug') return err({ code: 'slug_taken', path: ['organizationName'] });
    throw error;
  }
}

/** The field whose unique index refused a write, or null for another fault. */
const takenKey = (error: unknown): string | null => {
  const { code, keyPattern } = error as { code?: unknown; keyPattern?: Record<string, unknown> };
  return code === 11000 ? (Object.keys(keyPattern ?? {})[0] ?? null) : null;
};

/** Makes a further organization, owned by who asks. */
export async function createOrganization(
  deps: Deps,
  userId: UserId,
  input: { organizationName: string; timeZone?: string | undefined; currency?: string | undefined },
): Outcome<{ slug: string }> {
  const { accounts } = deps.database;
  if ((await accounts.countUse(`new-organization:${userId}`, anHour)) > 20) return err({ code: 'too_many_requests' });
  const slug = await freeSlug(deps, input.organizationName);
  await deps.database.transaction(async (session) => {
    await openOrganization(deps, { slug, ...settingsOf(input) }, userId, session);
  });
  return ok({ slug });
}

/** Adds an organization with its owner and the segments that everybody asks for. */
async function openOrganization(
  { database, now }: Deps,
  { slug, ...settings }: OrganizationSettings & { readonly slug: string },
  owner: UserId,
  session: Parameters<Parameters<Deps['database']['transaction']>[0]>[0],
): Promise<void> {
  const orgId = await database.accounts.insertOrganization(slug, settings, session);
  await database.accounts.insertMembership(orgId, owner, 'owner', session);
  await database.forOrganization(orgId).segments.insertStarters(settings.currency, now(), session);
}

function settingsOf(input: { organizationName: string; timeZone?: string | undefined; currency?: string | undefined }) {
  return {
    name: input.organizationName,
    timeZone: input.timeZone && isTimeZone(input.timeZone) ? input.timeZone : 'UTC',
    currency: input.currency && isCurrency(input.currency) ? input.currency : 'USD',
    sender: { fromName: input.organizationName, fromEmail: '', replyTo: '', postalAddress: '' },
  };
}

async function freeSlug(deps: Deps, name: string): Promise<string> {
  const slug = slugFrom(name);
  if (!(await deps.database.accounts.slugTaken(slug))) return slug;
  for (let n = 2; n < 100; n++) {
    if (!(await deps.database.accounts.slugTaken(`${slug}-${n}`))) return `${slug}-${n}`;
  }
  return `${slug}-${newToken()
    .slice(0, 6)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '0')}`;
}

/**
 * Checks a password. In ten minutes an account has ten tries from one address, so that nobody locks its owner out from
 * elsewhere, and a hundred from all; an address has sixty for all accounts.
 */
export async function signIn(
  deps: Deps,
  input: z.infer<typeof signInSchema>,
  address: string,
): Outcome<{ userId: UserId }> {
  const { accounts } = deps.database;
  const foldedEmail = fold(input.email);
  const account = hashToken(foldedEmail);
  const [byBoth, byAccount, byAddress] = await Promise.all([
    accounts.countUse(`sign-in:both:${account}:${address}`, tenMinutes),
    accounts.countUse(`sign-in:account:${account}`, tenMinutes),
    accounts.countUse(`sign-in:address:${address}`, tenMinutes),
  ]);
  if (byBoth > 10 || byAccount > 100 || byAddress > 60) return err({ code: 'too_many_requests' });
  const user = await accounts.userByEmail(foldedEmail);
  if (!(await passwordFits(user?.passwordHash ?? null, input.password)) || !user)
    return err({ code: 'wrong_credentials' });
  return ok({ userId: user._id });
}

/** Mails a reset link where the address has an account; the answer is the same where it has none. */
export async function requestPasswordReset(deps: Deps, email: string, address: string): Outcome<{ mailed: true }> {
  if (!deps.mailer.configured) return err({ code: 'mail_not_configured' });
  const [byAccount, byAddress] = await Promise.all([
    deps.database.accounts.countUse(`reset:account:${hashToken(fold(email))}`, 3600),
    deps.database.accounts.countUse(`reset:address:${address}`, 3600),
  ]);
  if (byAccount > 5 || byAddress > 20) return err({ code: 'too_many_requests' });
  const link = await makeResetLink(deps, email);
  if (link) {
    // Not awaited: how long the mail server takes must not tell whether there is an account.
    deps.mailer
      .send({
        to: email,
        subject: 'Reset your Mini CRM password',
        text: `Somebody, probably you, asked to reset the password of this address in Mini CRM.\n\nChoose a new one within two hours:\n${link}\n\nIf it was not you, do nothing: your password stays as it is.\n`,
      })
      .catch((error) => deps.log.error({ err: error }, 'password reset was not mailed'));
  }
  return ok({ mailed: true });
}

/** A link that resets a password within two hours, once; null where nobody has this address. Also what `npm run account` prints. */
export async function makeResetLink(
  deps: Pick<Deps, 'database' | 'env' | 'now'>,
  email: string,
): Promise<string | null> {
  const user = await deps.database.accounts.userByEmail(fold(email));
  if (!user) return null;
  const token = newToken();
  await deps.database.accounts.putPasswordReset(
    user._id,
    hashToken(token),
    new Date(deps.now().getTime() + resetLifetimeMs),
  );
  return `${deps.env.publicUrl}/reset/${token}`;
}

/** Sets a new password by a reset link and ends all sessions of the person. */
export async function resetPassword(deps: Deps, token: string, password: string): Outcome<{ userId: UserId }> {
  const reset = await deps.database.accounts.takePasswordReset(hashToken(token));
  if (!reset) return err({ code: 'link_invalid' });
  await deps.database.accounts.updateUser(reset.userId, { passwordHash: await hashPassword(password) });
  await deps.database.accounts.removeSessions(reset.userId);
  return ok({ userId: reset.userId });
}

/** Changes the password of who knows the current one and ends their other sessions. */
export async function changePassword(
  deps: Deps,
  signedIn: { userId: UserId; sessionId: string },
  input: { current: string; password: string },
): Outcome<null> {
  const { accounts } = deps.database;
  if ((await accounts.countUse(`change-password:${signedIn.userId}`, tenMinutes)) > 10)
    return err({ code: 'too_many_requests' });
  const user = await accounts.user(signedIn.userId);
  if (!user || !(await passwordFits(user.passwordHash, input.current)))
    return err({ code: 'wrong_credentials', path: ['current'] });
  await accounts.updateUser(signedIn.userId, { passwordHash: await hashPassword(input.password) });
  await accounts.removeSessions(signedIn.userId, signedIn.sessionId);
  return ok(null);
}

/** What the app shows of who is signed in: the person and their organizations with roles. */
export async function whoAmI(deps: Deps, user: { id: UserId; name: string; email: string }) {
  const memberships = await deps.database.accounts.membershipsOf(user.id);
  const found = await deps.database.accounts.organizationsOf(memberships.map(({ orgId }) => orgId));
  const byId = new Map(found.map((organization) => [organization._id, organization]));
  const organizations = memberships.flatMap(({ orgId, role }) => {
    const organization = byId.get(orgId as OrganizationId);
    if (!organization) return [];
    const { slug, name, timeZone, currency } = organization;
    return [{ id: orgId, slug, name, timeZone, currency, role }];
  });
  return { user: { id: user.id, name: user.name, email: user.email }, organizations };
}
