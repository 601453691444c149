import type { SuppressionReason, SuppressionScope } from '@mini-crm/domain';

/** Why an address is on the list, in words. */
export const reasonWords: Record<SuppressionReason, string> = {
  unsubscribed: 'Unsubscribed',
  bounced: 'Bounced: the address does not exist',
  complained: 'Marked as spam',
  manual: 'Added by hand',
};

/** What an entry stops. */
export const scopeWords: Record<SuppressionScope, { readonly label: string; readonly description: string }> = {
  marketing: { label: 'Marketing', description: 'No campaigns. Messages that a contract asks for still go out.' },
  all: { label: 'Everything', description: 'No message at all, for example because the address does not exist.' },
};
