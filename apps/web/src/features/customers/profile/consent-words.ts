/** What told us of a consent, in words: a source is a name of ours, or the name of whoever recorded it. */
export function consentOrigin(source: string): string {
  if (source === 'import') return 'from an import';
  if (source === 'demo') return 'demo data';
  if (/unsubscribe/i.test(source)) return 'by the unsubscribe link';
  return `recorded by ${source}`;
}

/** Why we don't write to an address. */
export function suppressionWords(
  reason: 'unsubscribed' | 'bounced' | 'complained' | 'manual',
  scope: 'marketing' | 'all',
): string {
  switch (reason) {
    case 'unsubscribed':
      return 'Unsubscribed: marketing never goes to this address, unless a new consent is recorded.';
    case 'manual':
      return 'Suppressed: marketing never goes to this address, unless a new consent is recorded.';
    case 'bounced':
      return 'Messages to this address bounced: nothing goes there any more.';
    case 'complained':
      return scope === 'all'
        ? 'They reported a message as spam: nothing goes to this address any more.'
        : 'They reported a message as spam: marketing never goes to this address.';
    default:
      return reason satisfies never;
  }
}
