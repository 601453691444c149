import {
  type acceptInvitationSchema,
  type DomainError,
  err,
  fold,
  ok,
  type Result,
  type UserId,
} from '@mini-crm/domain';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { hashPassword, hashToken } from './secrets.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

/** What the page of an invitation shows: who invites whom to what, and whether the person has an account. */
export async function readInvitation(deps: Deps, token: string) {
  const { accounts } = deps.database;
  const invitation = await accounts.invitationByHash(hashToken(token));
  const organization = invitation && (await accounts.organization(invitation.orgId));
  if (!invitation || !organization) return err({ code: 'link_invalid' } as const);
  const [inviter, existing] = await Promise.all([
    accounts.user(invitation.invitedBy),
    accounts.userByEmail(invitation.foldedEmail),
  ]);
  return ok({
    email: invitation.email,
    role: invitation.role,
    organizationName: organization.name,
    invitedBy: inviter?.name ?? null,
    hasAccount: existing !== null,
  });
}

/**
 * Joins the invited address to the organization, once. A person who has an account must be signed in to it; a new one
 * gives a name and a password.
 */
export async function acceptInvitation(
  deps: Deps,
  input: z.infer<typeof acceptInvitationSchema>,
  signedIn: { id: UserId; email: string } | null,
): Outcome<{ userId: UserId; slug: string; isNew: boolean }> {
  const { accounts } = deps.database;
  const tokenHash = hashToken(input.token);
  const invitation = await accounts.invitationByHash(tokenHash);
  const organization = invitation && (await accounts.organization(invitation.orgId));
  if (!invitation || !organization) return err({ code: 'link_invalid' });

  const existing = await accounts.userByEmail(invitation.foldedEmail);
  if (signedIn && fold(signedIn.email) !== invitation.foldedEmail)
    return err({ code: 'invitation_for_another_address' });
  if (existing && !signedIn) return err({ code: 'not_signed_in' });
  if (existing && (await accounts.membership(invitation.orgId, existing._id))) return err({ code: 'already_member' });
  if (!existing && !input.name) return err({ code: 'invalid_input', path: ['name'] });
  if (!existing && !input.password) return err({ code: 'invalid_input', path: ['password'] });

  const { name = '', password = '' } = input;
  const passwordHash = existing ? '' : await hashPassword(password);
  const userId = await deps.database.transaction(async (session) => {
    if (!(await accounts.takeInvitation(tokenHash, session))) return null;
    const { email, foldedEmail, role, orgId } = invitation;
    const id = existing?._id ?? (await accounts.insertUser({ name, email, foldedEmail, passwordHash }, session));
    await accounts.insertMembership(orgId, id, role, session);
    return id;
  });
  if (!userId) return err({ code: 'link_invalid' });
  return ok({ userId, slug: organization.slug, isNew: existing === null });
}
