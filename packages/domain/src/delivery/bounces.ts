import type { CampaignFailure } from '../campaigns/campaign.ts';
import type { DeliveryReason } from './delivery.ts';

/** The refusals that say of an address itself that nothing can be delivered there, as a hard bounce does. */
export const bounceReasons = ['address_unknown', 'address_invalid'] as const satisfies readonly DeliveryReason[];

/** Whether a server's refusal is about the address itself. */
export const isBounce = (reason: DeliveryReason | null): boolean =>
  (bounceReasons as readonly (DeliveryReason | null)[]).includes(reason);

/** A campaign halts by itself where so large a part of its messages bounced, once so many were tried. */
export const bounceHalt = { share: 0.05, minimum: 200 } as const;

export const bounceHaltCode = 'too_many_bounces';

/** How many messages of a run were tried (sent or refused), and how many of them bounced. */
export interface BounceFigures {
  readonly tried: number;
  readonly bounced: number;
}

/**
 * Whether a campaign has to halt for its bounces, with the figures that say why; null where it may go on. Somebody who resumed
 * it has tolerated the share that it halted at: it halts again only where it has grown by as much as a campaign may have at all.
 */
export function haltForBounces(
  { tried, bounced }: BounceFigures,
  tolerated: number | undefined,
): CampaignFailure | null {
  if (tried < bounceHalt.minimum || bounced / tried < (tolerated ?? 0) + bounceHalt.share) return null;
  return { code: bounceHaltCode, details: { tried, bounced, share: bounced / tried } };
}

/** The share of bounces that whoever resumes a campaign has seen and tolerates from then on. */
export function toleratedShare(failure: CampaignFailure | null): number | undefined {
  const share = failure?.code === bounceHaltCode ? failure.details.share : undefined;
  return typeof share === 'number' ? share : undefined;
}
