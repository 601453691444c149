import {
  addDays,
  channels,
  deliveryReasons,
  deliveryStates,
  emailAddressSchema,
  idSchema,
  interactionTypes,
  isCivilDate,
  logShows,
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
  show: lenient(z.enum([...logShows, ...interactionTypes])),
  campaign: lenient(idSchema('campaign')),
  template: lenient(idSchema('template')),
  customer: lenient(idSchema('customer')),
  channel: lenient(z.enum(channels)),
  state: lenient(z.enum(deliveryStates)),
  reason: lenient(z.enum(deliveryReasons as [string, ...string[]])),
  response: lenient(z.enum(messageResponses)),
  link: lenient(z.number().int().min(0)),
  from: lenient(day),
  to: lenient(day),
  /** The message or interaction whose panel is open. */
  message: lenient(z.string().max(300)),
});
export type MessageSearch = z.infer<typeof messageSearchSchema>;

/** Whether an address is typed only in part: addresses are found as a whole. */
export const isPartOfAddress = ({ q }: MessageSearch): boolean =>
  Boolean(q) && !emailAddressSchema.safeParse(q).success;

/** What the server is asked for. */
export function messageFilterOf(search: MessageSearch, zone: string): MessageFilter {
  const { q, show, campaign, template, customer, channel, state, reason, response, link, from, to } = search;
  const interaction = interactionTypes.find((type) => type === show);
  return {
    ...(interaction ? { interaction } : show ? { show: show as NonNullable<MessageFilter['show']> } : {}),
    ...(q ? { address: q } : {}),
    ...(campaign ? { campaignId: campaign } : {}),
    ...(template ? { templateId: template } : {}),
    ...(customer ? { customerId: customer } : {}),
    ...(channel ? { channel } : {}),
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
