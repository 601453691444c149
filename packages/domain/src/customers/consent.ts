import type { Channel, Consent, Consents } from './customer.ts';
import { channels } from './customer.ts';

/**
 * The consent after an import offers one: only where nothing was known. A withdrawal is never revived by a file, and a
 * consent that is held keeps the proof it was given with.
 */
export function consentAfterImport(
  held: Consent | undefined,
  offered: Consent,
  suppressed: boolean,
): Consent | undefined {
  if (held || suppressed) return held;
  return offered;
}

/** The consents that a change replaces, with their channels: what goes into the customer's history. */
export function replacedConsents(before: Consents, after: Consents): { channel: Channel; consent: Consent }[] {
  const replaced: { channel: Channel; consent: Consent }[] = [];
  for (const channel of channels) {
    const held = before[channel];
    if (held && !sameConsent(held, after[channel])) replaced.push({ channel, consent: held });
  }
  return replaced;
}

const sameConsent = (one: Consent, other: Consent | undefined): boolean =>
  other !== undefined &&
  one.state === other.state &&
  one.at.getTime() === other.at.getTime() &&
  one.how === other.how &&
  one.source === other.source;
