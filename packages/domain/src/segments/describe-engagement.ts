import { asksNone, asksOne } from './describe-behaviour.ts';
import { describeQuantity } from './describe-test.ts';
import { describeWindow } from './describe-window.ts';
import type { FieldCatalogue } from './fields.ts';
import type { EngagementNode } from './rule.ts';

/** Engagement as it stands after "customers": `who opened at least 2 messages of “Spring” in the last 30 days`. */
export function describeEngagement(node: EngagementNode, fields: FieldCatalogue): string {
  const messages = `${quantity(node)}${campaign(node, fields)}`;
  const period = describeWindow(node.window);
  const when = period === '' ? '' : ` ${period}`;
  return `${words(node, messages, when)}${machines(node)}`;
}

function quantity({ test }: EngagementNode): string {
  if (!test || (test.operator === 'gte' && test.value === 1)) return 'a message';
  if (asksNone(test)) return 'no message';
  return `${describeQuantity(test)} ${asksOne(test) ? 'message' : 'messages'}`;
}

function campaign({ campaignId }: EngagementNode, { campaigns }: FieldCatalogue): string {
  if (campaignId === undefined) return '';
  const name = campaigns.find(({ id }) => id === campaignId)?.name;
  return ` of ${name === undefined ? 'an unknown campaign' : `“${name}”`}`;
}

function words({ kind }: EngagementNode, messages: string, when: string): string {
  switch (kind) {
    case 'sent':
      return `who were sent ${messages}${when}`;
    case 'delivered':
      return `who received ${messages}${when}`;
    case 'opened':
      return `who opened ${messages}${when}`;
    case 'clicked':
      return `who clicked in ${messages}${when}`;
    case 'bounced':
      return `who had ${messages} bounce${when}`;
    case 'unsubscribed':
      return `who unsubscribed by ${messages}${when}`;
    case 'sentNotOpened':
      return `who left ${messages}${when === '' ? '' : ` sent${when}`} unopened`;
    case 'sentNotClicked':
      return `who left ${messages}${when === '' ? '' : ` sent${when}`} without a click`;
    default:
      return kind satisfies never;
  }
}

function machines({ kind, includeMachine }: EngagementNode): string {
  if (!includeMachine) return '';
  if (kind === 'opened' || kind === 'sentNotOpened') return ' (opens by mail programs count too)';
  return kind === 'clicked' || kind === 'sentNotClicked' ? ' (clicks by scanners count too)' : '';
}
