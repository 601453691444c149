import { compileNumber, type InstantRange, type ResolvedEngagement } from '@mini-crm/domain';
import { ofCampaigns } from '../delivery/delivery.model.ts';
import { allOf, anyOf, type JoinPlan, matchStage, negated, type Query } from './mongo-query.ts';
import { compareNumber, instantOperand } from './mongo-test.ts';
import { behind, type Scope } from './mongo-units.ts';

/** Plans an engagement leaf: messages that count, by customer. Always exact. */
export function planEngagement(node: ResolvedEngagement, scope: Scope): JoinPlan {
  const idle = compileNumber(node.test)(0, 1);
  const holds: Query = { messages: compareNumber(node.test) };
  const campaign = node.campaignId === null ? ofCampaigns : { campaignId: node.campaignId };
  return {
    from: 'deliveries',
    idle,
    pipeline: [
      matchStage(allOf([{ orgId: scope.orgId, ...campaign, ...behind(scope) }, countingQuery(node)])),
      { $group: { _id: '$customerId', messages: { $sum: 1 } } },
      matchStage(idle ? negated(holds) : holds),
    ],
  };
}

/** Which messages count. */
function countingQuery({ kind, range, includeMachine }: ResolvedEngagement): Query {
  const sent = allOf([{ state: 'sent' }, isIn('at', range)]);
  const nobody = (field: string, machineField: string): Query =>
    allOf([{ [field]: null }, includeMachine ? { [machineField]: null } : true]);
  switch (kind) {
    case 'sent':
      return sent;
    case 'delivered':
      return isIn('deliveredAt', range);
    case 'bounced':
      return isIn('bouncedAt', range);
    case 'unsubscribed':
      return isIn('unsubscribedAt', range);
    case 'opened':
      return includeMachine ? earlierIsIn('openedAt', 'machineOpenedAt', range) : isIn('openedAt', range);
    case 'clicked':
      return includeMachine ? earlierIsIn('clickedAt', 'machineClickedAt', range) : isIn('clickedAt', range);
    case 'sentNotOpened':
      return allOf([sent, nobody('openedAt', 'machineOpenedAt')]);
    case 'sentNotClicked':
      return allOf([sent, nobody('clickedAt', 'machineClickedAt')]);
    default:
      return kind satisfies never;
  }
}

const isIn = (field: string, range: InstantRange): Query => ({ [field]: instantOperand(range) ?? { $type: 'date' } });

/** Whether the earlier of two instants is in a range: one is, and the other is not before it. */
function earlierIsIn(one: string, other: string, range: InstantRange): Query {
  const from = range.from === null ? null : new Date(range.from);
  const notBefore = (field: string): Query =>
    from === null ? true : anyOf([{ [field]: null }, { [field]: { $gte: from } }]);
  return anyOf([allOf([isIn(one, range), notBefore(other)]), allOf([isIn(other, range), notBefore(one)])]);
}
