import { type DomainError, err, fold, grantableRoles, ok, type Result, type Role, type UserId } from '@mini-crm/domain';
import { hashToken, newToken } from '../accounts/secrets.ts';
import type { OrganizationContext } from '../trpc.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

const invitationLifetimeMs = 7 * 24 * 3600_000;

/** The members and the open invitations of an organization. */
export async function listMembers(ctx: OrganizationContext) {
  const { accounts } = ctx.deps.database;
  const [memberships, invitations] = await Promise.all([
    accounts.members(ctx.db.orgId),
    accounts.invitations(ctx.db.orgId),
  ]);
  const users = new Map(
    (await accounts.users(memberships.map(({ userId }) => userId))).map((user) => [user._id, user]),
  );
  return {
    members: memberships.flatMap(({ userId, role, createdAt }) => {
      const user = users.get(userId);
      return user
        ? [{ userId, name: user.name, email: user.email, role, joinedAt: createdAt, isMe: userId === ctx.user.id }]
        : [];
    }),
    invitations: invitations.map(({ _id, email, role, createdAt, expiresAt }) => ({
      id: _id,
      email,
      role,
      createdAt,
      expiresAt,
    })),
  };
}

/** Invites an address with a role. The link is answered, and mailed too where an SMTP server is configured. */
export async function invite(
  ctx: OrganizationContext,
  input: { email: string; role: Role },
): Outcome<{ link: string; mailed: boolean }> {
  const { accounts } = ctx.deps.database;
  if (!grantableRoles(ctx.role).includes(input.role)) return err({ code: 'not_permitted', path: ['role'] });
  if ((await accounts.countUse(`invite:${ctx.user.id}`, 3600)) > 100) return err({ code: 'too_many_requests' });
  const foldedEmail = fold(input.email);
  const existing = await accounts.userByEmail(foldedEmail);
  if (existing && (await accounts.membership(ctx.db.orgId, existing._id)))
    return err({ code: 'already_member', path: ['email'] });

  const token = newToken();
  const expiresAt = new Date(ctx.deps.now().getTime() + invitationLifetimeMs);
  const { email, role } = input;
  const invitedBy = ctx.user.id;
  await accounts.putInvitation({
    orgId: ctx.db.orgId,
    email,
    foldedEmail,
    role,
    tokenHash: hashToken(token),
    invitedBy,
    expiresAt,
  });
  const link = `${ctx.deps.env.publicUrl}/invite/${token}`;
  return ok({ link, mailed: await mailInvitation(ctx, email, link) });
}

async function mailInvitation(ctx: OrganizationContext, to: string, link: string): Promise<boolean> {
  if (!ctx.deps.mailer.configured) return false;
  try {
    await ctx.deps.mailer.send({
      to,
      subject: `${ctx.user.name} invites you to ${ctx.organization.name} on Mini CRM`,
      text: `${ctx.user.name} invites you to work on ${ctx.organization.name} in Mini CRM.\n\nAccept within seven days:\n${link}\n`,
    });
    return true;
  } catch (error) {
    ctx.log.warn({ err: error }, 'invitation was not mailed');
    return false;
  }
}

/** Gives a member another role. Only owners make and unmake owners, and one owner always stays. */
export async function changeRole(ctx: OrganizationContext, userId: UserId, role: Role): Outcome<null> {
  return withMember(
    ctx,
    userId,
    async (session) => {
      await ctx.deps.database.accounts.changeRole(ctx.db.orgId, userId, role, session);
    },
    role,
  );
}

/** Takes a member out of the organization. */
export async function removeMember(ctx: OrganizationContext, userId: UserId): Outcome<null> {
  return withMember(ctx, userId, async (session) => {
    await ctx.deps.database.accounts.removeMembership(ctx.db.orgId, userId, session);
  });
}

type Session = Parameters<Parameters<OrganizationContext['deps']['database']['transaction']>[0]>[0];

async function withMember(
  ctx: OrganizationContext,
  userId: UserId,
  change: (session: Session) => Promise<void>,
  newRole?: Role,
): Outcome<null> {
  const { accounts } = ctx.deps.database;
  const member = await accounts.membership(ctx.db.orgId, userId);
  if (!member) return err({ code: 'not_found' });
  const grantable = grantableRoles(ctx.role);
  const leaving = userId === ctx.user.id && newRole === undefined;
  if (!leaving && !grantable.includes(member.role)) return err({ code: 'not_permitted' });
  if (newRole && !grantable.includes(newRole)) return err({ code: 'not_permitted', path: ['role'] });
  return ctx.deps.database.transaction(async (session) => {
    const owners = await accounts.countOwners(ctx.db.orgId, session);
    if (member.role === 'owner' && newRole !== 'owner' && owners <= 1) return err({ code: 'last_owner' } as const);
    await change(session);
    return ok(null);
  });
}
