import { type LogFacet, logConflicts, type MessageFilter, type MessageResponse } from '@mini-crm/domain';

export const responseWords: Record<MessageResponse, string> = {
  opened: 'Opened',
  clicked: 'Clicked',
  unsubscribed: 'Unsubscribed',
  bounced: 'Bounced',
  complained: 'Reported as spam',
};

const facetWords: Record<LogFacet, string> = {
  show: 'Kind',
  interaction: 'Kind',
  customerId: 'Customer',
  address: 'the address',
  campaignId: 'Campaign',
  link: 'Clicked link',
  templateId: 'Template',
  channel: 'Channel',
  state: 'State',
  reason: 'Reason',
  response: 'Response',
};

/** Why a filter can't stand beside the others: no index serves them together, so the server would refuse. Undefined where it can. */
export function unavailable(filter: MessageFilter, more: MessageFilter): string | undefined {
  const [first, ...others] = new Set(logConflicts(filter, more).map((facet) => facetWords[facet]));
  if (first === undefined) return undefined;
  const names = others.length > 0 ? `${[first, ...others.slice(0, -1)].join(', ')} or ${others.at(-1)}` : first;
  return `Not together with ${names}: take that filter away first.`;
}
