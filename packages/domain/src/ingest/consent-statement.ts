import type { Consent } from '../customers/customer.ts';
import type { SuppressionReason, SuppressionScope } from '../delivery/suppression.ts';

/** What stands against an address. */
export interface StandingSuppression {
  readonly scope: SuppressionScope;
  readonly reason: SuppressionReason;
  readonly at: Date;
}

/** What a program says a person said, and whether it says that they asked again after a withdrawal. */
export interface ConsentStatement {
  readonly consent: Consent;
  readonly renew: boolean;
}

/** The consent that holds after a statement, and what becomes of the address's suppression. */
export interface StatedConsent {
  readonly consent: Consent | undefined;
  readonly suppression: 'stays' | 'add' | 'lift';
  /** Whether the person's earlier word stays though the statement says otherwise. */
  readonly kept: boolean;
}

/** The reasons of a suppression that the person's own later word takes back; a bounce or a complaint is none. */
export const renewableReasons = ['unsubscribed', 'manual'] as const satisfies readonly SuppressionReason[];

/**
 * What a statement about consent does. A consent that is held keeps its proof; a withdrawal stays, and a suppression with it,
 * unless the statement says that the person asked anew, after that. So a shop that repeats "granted" every night revives
 * nobody. What stops every message is no matter of consent and stays.
 */
export function stateConsent(
  held: Consent | undefined,
  { consent, renew }: ConsentStatement,
  suppressions: readonly StandingSuppression[],
): StatedConsent {
  if (consent.state === 'withdrawn') {
    if (held?.state === 'withdrawn') return { consent: held, suppression: 'add', kept: false };
    if (held && consent.at < held.at) return { consent: held, suppression: 'stays', kept: true };
    return { consent, suppression: 'add', kept: false };
  }
  const withdrawn = held?.state === 'withdrawn' ? held : undefined;
  if (!withdrawn && suppressions.length === 0) {
    return { consent: held ?? consent, suppression: 'stays', kept: false };
  }
  const marketing = suppressions.filter(({ scope }) => scope === 'marketing');
  const isLater = [...marketing, ...(withdrawn ? [withdrawn] : [])].every(({ at }) => at < consent.at);
  const isRenewable = suppressions.every(
    ({ scope, reason }) => scope === 'marketing' && (renewableReasons as readonly string[]).includes(reason),
  );
  if (!renew || !isLater || !isRenewable) return { consent: held, suppression: 'stays', kept: true };
  return { consent, suppression: marketing.length > 0 ? 'lift' : 'stays', kept: false };
}
