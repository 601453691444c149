import {
  acceptInvitationSchema,
  emailAddressSchema,
  organizationNameSchema,
  passwordSchema,
  personNameSchema,
  signInSchema,
  signUpSchema,
} from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../errors.ts';
import { publicProcedure, router, signedInProcedure } from '../trpc.ts';
import {
  changePassword,
  createOrganization,
  requestPasswordReset,
  resetPassword,
  signIn,
  signUp,
  whoAmI,
} from './account.usecases.ts';
import { acceptInvitation, readInvitation } from './invitation.usecases.ts';
import { sessions } from './sessions.ts';

const tokenInput = z.strictObject({ token: z.string().max(200) });

/** People: signing up, in and out, passwords, invitations, their own profile. */
export const accountsRouter = router({
  /** Who is signed in and their organizations; null for nobody. */
  me: publicProcedure.query(({ ctx }) => (ctx.signedIn ? whoAmI(ctx.deps, ctx.signedIn.user) : null)),

  signUp: publicProcedure.input(signUpSchema).mutation(async ({ ctx, input }) => {
    const { userId, slug } = unwrap(await signUp(ctx.deps, input, ctx.request.ip));
    await sessions(ctx.deps.database, ctx.deps.env).start(userId, ctx.request, ctx.reply);
    return { slug };
  }),

  signIn: publicProcedure.input(signInSchema).mutation(async ({ ctx, input }) => {
    const { userId } = unwrap(await signIn(ctx.deps, input, ctx.request.ip));
    await sessions(ctx.deps.database, ctx.deps.env).start(userId, ctx.request, ctx.reply);
    return { signedIn: true };
  }),

  signOut: publicProcedure.mutation(async ({ ctx }) => {
    if (ctx.signedIn) await sessions(ctx.deps.database, ctx.deps.env).end(ctx.signedIn.sessionId, ctx.reply);
    return { signedIn: false };
  }),

  requestPasswordReset: publicProcedure
    .input(z.strictObject({ email: emailAddressSchema }))
    .mutation(async ({ ctx, input }) => unwrap(await requestPasswordReset(ctx.deps, input.email, ctx.request.ip))),

  resetPassword: publicProcedure
    .input(z.strictObject({ token: z.string().max(200), password: passwordSchema }))
    .mutation(async ({ ctx, input }) => {
      const { userId } = unwrap(await resetPassword(ctx.deps, input.token, input.password));
      await sessions(ctx.deps.database, ctx.deps.env).start(userId, ctx.request, ctx.reply);
      return { signedIn: true };
    }),

  invitation: publicProcedure
    .input(tokenInput)
    .query(async ({ ctx, input }) => unwrap(await readInvitation(ctx.deps, input.token))),

  acceptInvitation: publicProcedure.input(acceptInvitationSchema).mutation(async ({ ctx, input }) => {
    const accepted = unwrap(await acceptInvitation(ctx.deps, input, ctx.signedIn?.user ?? null));
    if (accepted.isNew) await sessions(ctx.deps.database, ctx.deps.env).start(accepted.userId, ctx.request, ctx.reply);
    return { slug: accepted.slug };
  }),

  updateProfile: signedInProcedure
    .input(z.strictObject({ name: personNameSchema }))
    .mutation(async ({ ctx, input }) => {
      await ctx.deps.database.accounts.updateUser(ctx.signedIn.user.id, { name: input.name });
      return { name: input.name };
    }),

  changePassword: signedInProcedure
    .input(z.strictObject({ current: z.string().max(256), password: passwordSchema }))
    .mutation(async ({ ctx, input }) => {
      const { sessionId, user } = ctx.signedIn;
      unwrap(await changePassword(ctx.deps, { userId: user.id, sessionId }, input));
      return { changed: true };
    }),

  sessions: signedInProcedure.query(async ({ ctx }) => {
    const list = await ctx.deps.database.accounts.sessionsOf(ctx.signedIn.user.id);
    return list.map(({ _id, createdAt, userAgent }) => ({
      createdAt,
      userAgent,
      current: _id === ctx.signedIn.sessionId,
    }));
  }),

  signOutOthers: signedInProcedure.mutation(async ({ ctx }) => {
    await ctx.deps.database.accounts.removeSessions(ctx.signedIn.user.id, ctx.signedIn.sessionId);
    return { signedOut: true };
  }),

  createOrganization: signedInProcedure
    .input(
      z.strictObject({
        organizationName: organizationNameSchema,
        timeZone: z.string().max(64).optional(),
        currency: z.string().length(3).optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => unwrap(await createOrganization(ctx.deps, ctx.signedIn.user.id, input))),
});
