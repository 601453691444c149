import { z } from 'zod';

/** Roles, strongest first. An analyst reads; a marketer also works on customers, segments and campaigns. */
export const roles = ['owner', 'admin', 'marketer', 'analyst'] as const;

export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;
