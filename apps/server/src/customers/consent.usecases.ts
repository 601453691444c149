import {
  type Channel,
  type Consent,
  type CustomerId,
  can,
  type DomainError,
  err,
  ok,
  type Result,
  type SuppressionReason,
  suppressionReasons,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';
import { addressOf } from './customer.usecases.ts';

const liftableByAll = suppressionReasons.filter((reason): reason is SuppressionReason => reason !== 'unsubscribed');

/** A consent that somebody recorded by hand, with its proof. */
export interface RecordConsentInput {
  readonly customerId: CustomerId;
  readonly channel: Channel;
  readonly state: Consent['state'];
  /** When the person said it; never in the future. */
  readonly at: string;
  readonly how: string;
}

/**
 * Records a consent that a person gave or withdrew. A withdrawal also suppresses the address, because a suppression
 * outlives the customer and a file can't revive it. A new consent, which names how it was given, lifts that again; where
 * the person unsubscribed by themselves, only who manages suppressions may record it. What stops every message (the
 * address bounced, or complained) is no matter of consent and stays.
 */
export async function setConsent(
  ctx: OrganizationContext,
  input: RecordConsentInput,
): Promise<Result<null, DomainError>> {
  const { customerId, channel, state, how } = input;
  const { db } = ctx;
  const now = ctx.deps.now();
  const at = new Date(input.at);
  if (at > now) return err({ code: 'invalid_input', path: ['at'] });
  const customer = await db.customers.get(customerId);
  if (!customer) return err({ code: 'not_found' });
  const address = addressOf(customer, channel);
  const liftable = can(ctx.role, 'suppressions.remove') ? suppressionReasons : liftableByAll;
  if (state === 'granted' && address !== null) {
    const entries = await db.suppressions.ofAddress(channel, address);
    if (entries.some(({ scope, reason }) => scope === 'marketing' && !liftable.includes(reason))) {
      return err({ code: 'not_permitted', path: ['state'], details: { suppressed: 'unsubscribed' } });
    }
  }
  // Each order of these two steps fails towards silence: the suppression comes first and goes last.
  if (state === 'withdrawn' && address !== null) {
    await db.suppressions.add({ channel, address, scope: 'marketing', reason: 'manual', at: now });
  }
  const consent = { state, at, how, source: ctx.user.name };
  if (!(await db.customers.setConsent(customerId, channel, consent))) return err({ code: 'not_found' });
  if (state === 'granted' && address !== null) await db.suppressions.lift(channel, address, liftable);
  ctx.log.info({ customerId, channel, state }, 'consent recorded');
  return ok(null);
}
