import type { WaterfallReason } from '@mini-crm/domain';

/** Why somebody of a chosen audience is not among its recipients. */
export const waterfallWords: Record<WaterfallReason, string> = {
  duplicate: 'In several segments, counted once',
  excluded: 'In a segment that is left out',
  no_address: 'Without an e-mail address',
  no_consent: 'Without consent to e-mail',
  suppressed: 'Unsubscribed or bounced before',
};
