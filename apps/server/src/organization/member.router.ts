import { idSchema, inviteSchema, roleSchema } from '@mini-crm/domain';
import { z } from 'zod';
import { refusal, unwrap } from '../errors.ts';
import { organizationProcedure, router } from '../trpc.ts';
import { changeRole, invite, listMembers, removeMember } from './member.usecases.ts';

const member = z.object({ userId: idSchema('user') });

/** Who works in an organization. */
export const membersRouter = router({
  list: organizationProcedure.query(({ ctx }) => listMembers(ctx)),
  invite: organizationProcedure
    .input(inviteSchema.strip())
    .mutation(async ({ ctx, input }) => unwrap(await invite(ctx, input))),
  revokeInvitation: organizationProcedure
    .input(z.object({ id: idSchema('invitation') }))
    .mutation(async ({ ctx, input }) => {
      if (!(await ctx.deps.database.accounts.removeInvitation(ctx.db.orgId, input.id)))
        throw refusal({ code: 'not_found' });
      return { revoked: true };
    }),
  changeRole: organizationProcedure.input(member.extend({ role: roleSchema })).mutation(async ({ ctx, input }) => {
    unwrap(await changeRole(ctx, input.userId, input.role));
    return { role: input.role };
  }),
  remove: organizationProcedure.input(member).mutation(async ({ ctx, input }) => {
    unwrap(await removeMember(ctx, input.userId));
    return { removed: true };
  }),
  leave: organizationProcedure.mutation(async ({ ctx }) => {
    unwrap(await removeMember(ctx, ctx.user.id));
    return { left: true };
  }),
});
