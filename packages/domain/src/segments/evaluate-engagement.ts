import type { DeliveryFacts } from './customer-facts.ts';
import { compileNumber, type Predicate } from './evaluate-test.ts';
import type { ResolvedEngagement } from './resolved-rule.ts';

type InstantOf = (delivery: DeliveryFacts) => Date | undefined;

/** Engagement as a function of all messages to a customer: how many of them count, held against the test. */
export function compileEngagement(node: ResolvedEngagement): Predicate<readonly DeliveryFacts[]> {
  const count = compileEngagementCount(node);
  const holds = compileNumber(node.test);
  return (deliveries) => holds(count(deliveries), 1);
}

/** How many messages to a customer count. */
export function compileEngagementCount(node: ResolvedEngagement): (deliveries: readonly DeliveryFacts[]) => number {
  const { campaignId, range } = node;
  const from = range.from ?? Number.NEGATIVE_INFINITY;
  const to = range.to ?? Number.POSITIVE_INFINITY;
  const instantOf = compileInstant(node);
  return (deliveries) => {
    let count = 0;
    for (const delivery of deliveries) {
      if (campaignId !== null && delivery.campaignId !== campaignId) continue;
      const at = instantOf(delivery)?.getTime();
      if (at !== undefined && at >= from && at < to) count++;
    }
    return count;
  };
}

/** When a message did what is asked; undefined where it never did. */
function compileInstant({ kind, includeMachine }: ResolvedEngagement): InstantOf {
  const opened: InstantOf = includeMachine
    ? ({ openedAt, machineOpenedAt }) => earlier(openedAt, machineOpenedAt)
    : ({ openedAt }) => openedAt;
  const clicked: InstantOf = includeMachine
    ? ({ clickedAt, machineClickedAt }) => earlier(clickedAt, machineClickedAt)
    : ({ clickedAt }) => clickedAt;
  const sent: InstantOf = ({ state, at }) => (state === 'sent' ? at : undefined);
  switch (kind) {
    case 'sent':
      return sent;
    case 'delivered':
      return ({ deliveredAt }) => deliveredAt;
    case 'opened':
      return opened;
    case 'clicked':
      return clicked;
    case 'bounced':
      return ({ bouncedAt }) => bouncedAt;
    case 'unsubscribed':
      return ({ unsubscribedAt }) => unsubscribedAt;
    case 'sentNotOpened':
      return (delivery) => (opened(delivery) ? undefined : sent(delivery));
    case 'sentNotClicked':
      return (delivery) => (clicked(delivery) ? undefined : sent(delivery));
    default:
      return kind satisfies never;
  }
}

function earlier(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (!a) return b;
  return b && b.getTime() < a.getTime() ? b : a;
}
