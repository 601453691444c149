import {
  addDays,
  deliveryReasons,
  deliveryStates,
  idSchema,
  isCivilDate,
  type MessageFilter,
  messageResponses,
  startOfDay,
} from '@mini-crm/domain';
import { z } from 'zod';

const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
// A router reads `?q=123` as a number.
const words = z.union([z.string(), z.number()]).transform((value) => String(value).slice(0, 254));
const day = z.string().refine(isCivilDate);

/** The log's state as it stands in the address; days are the organization's, both included. What doesn't fit is as good as absent. */
export const messageSearchSchema = z.object({
  q: lenient(words),
  campaign: lenient(idSchema('campaign')),
  customer: lenient(idSchema('customer')),
  state: lenient(z.enum(deliveryStates)),
  reason: lenient(z.enum(deliveryReasons as [string, ...string[]])),
  response: lenient(z.enum(messageResponses)),
  link: lenient(z.number().int().min(0)),
  from: lenient(day),
  to: lenient(day),
  /** The message whose panel is open. */
  message: lenient(z.string().max(100)),
});
export type MessageSearch = z.infer<typeof messageSearchSchema>;

/** What the server is asked for. */
export function messageFilterOf(search: MessageSearch, zone: string): MessageFilter {
  const { q, campaign, customer, state, reason, response, link, from, to } = search;
  return {
    ...(q ? { address: q } : {}),
    ...(campaign ? { campaignId: campaign } : {}),
    ...(customer ? { customerId: customer } : {}),
    ...(state ? { state } : {}),
    ...(reason ? { reason: reason as NonNullable<MessageFilter['reason']> } : {}),
    ...(response ? { response } : {}),
    ...(link !== undefined && campaign ? { link } : {}),
    ...(from ? { from: new Date(startOfDay(zone, from)).toISOString() } : {}),
    ...(to ? { to: new Date(startOfDay(zone, addDays(to, 1))).toISOString() } : {}),
  };
}

/** The address of the file with the same filter. */
export function messagesFileHref(orgId: string, filter: MessageFilter): string {
  const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]));
  return `/api/o/${orgId}/messages.csv${query.size > 0 ? `?${query}` : ''}`;
}
