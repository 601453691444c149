import { z } from 'zod';
import { emailAddressSchema } from '../text/plain-text.ts';

/** What a suppression stops: campaigns, or every message. The wider one of an address holds. */
export const suppressionScopes = ['marketing', 'all'] as const;
export const suppressionScopeSchema = z.enum(suppressionScopes);
export type SuppressionScope = z.infer<typeof suppressionScopeSchema>;

/** Why an address is on the list. */
export const suppressionReasons = ['unsubscribed', 'bounced', 'complained', 'manual'] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** What a person says who puts an address on the list. */
export const addSuppressionSchema = z.object({ address: emailAddressSchema, scope: suppressionScopeSchema });
