import type { CampaignPurpose } from '../campaigns/campaign.ts';
import type { Channel, Customer } from '../customers/customer.ts';
import { emailAddressSchema } from '../text/plain-text.ts';
import type { FailureReason, SkipReason } from './delivery.ts';
import type { SuppressionScope } from './suppression.ts';

export type HandOver =
  | { readonly type: 'send'; readonly address: string }
  | { readonly type: 'skip'; readonly reason: SkipReason; readonly address: string }
  | { readonly type: 'defer'; readonly reason: 'quiet_hours'; readonly until: Date; readonly address: string }
  | { readonly type: 'fail'; readonly reason: FailureReason; readonly address: string };

/**
 * The last look before a message goes out: whether this person may and can be written to now, in the order of the
 * waterfall. Marketing needs a consent; a service message does not, and only a suppression of everything stops it.
 * `quietUntil` is when the quiet hours end in which it is for this person: only marketing waits for it.
 */
export function decideHandOver(
  customer: Pick<Customer, 'email' | 'phone' | 'consents'> | null,
  suppression: SuppressionScope | undefined,
  purpose: CampaignPurpose,
  channel: Channel,
  quietUntil: Date | null = null,
): HandOver {
  if (customer === null) return { type: 'skip', reason: 'customer_removed', address: '' };
  const address = channel === 'email' ? customer.email : customer.phone;
  if (!address) return { type: 'skip', reason: 'no_address', address: '' };
  if (purpose === 'marketing' && customer.consents[channel]?.state !== 'granted') {
    return { type: 'skip', reason: 'no_consent', address };
  }
  if (suppression === 'all' || (suppression === 'marketing' && purpose === 'marketing')) {
    return { type: 'skip', reason: 'suppressed', address };
  }
  if (channel === 'email' && !emailAddressSchema.safeParse(address).success) {
    return { type: 'fail', reason: 'address_invalid', address };
  }
  if (quietUntil && purpose === 'marketing')
    return { type: 'defer', reason: 'quiet_hours', until: quietUntil, address };
  return { type: 'send', address };
}
