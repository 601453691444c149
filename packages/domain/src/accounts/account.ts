import { z } from 'zod';
import { emailAddressSchema, oneLine } from '../text/plain-text.ts';
import { roleSchema } from './role.ts';

/** At least ten characters (NIST SP 800-63B asks for eight and for no composition rules), at most what Argon2 is given. */
export const passwordSchema = z.string().min(10).max(256);

export const personNameSchema = oneLine(100).min(1);

export const organizationNameSchema = oneLine(100).min(1);

export const signUpSchema = z.strictObject({
  name: personNameSchema,
  email: emailAddressSchema,
  password: passwordSchema,
  organizationName: organizationNameSchema,
  timeZone: z.string().max(64).optional(),
  currency: z.string().length(3).optional(),
});

export const signInSchema = z.strictObject({ email: emailAddressSchema, password: z.string().max(256) });

export const inviteSchema = z.strictObject({ email: emailAddressSchema, role: roleSchema });

export const acceptInvitationSchema = z.strictObject({
  token: z.string().max(200),
  /** Name and password of a person who has no account yet; someone who is signed in leaves them out. */
  name: personNameSchema.optional(),
  password: passwordSchema.optional(),
});
