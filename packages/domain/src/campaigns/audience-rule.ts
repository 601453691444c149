import type { Channel } from '../customers/customer.ts';
import type { ResolvedNode, ResolvedRule } from '../segments/resolved-rule.ts';
import type { CampaignPurpose } from './campaign.ts';

/** An audience whose segments are bound to one instant. */
export interface ResolvedAudience {
  readonly now: number;
  readonly zone: string;
  /** One node a segment; everybody is one node `everyone`. */
  readonly include: readonly ResolvedNode[];
  readonly exclude: readonly ResolvedNode[];
}

const everyone: ResolvedNode = { type: 'everyone' };
const nobody: ResolvedNode = { type: 'not', child: everyone };

// An empty group is no valid rule, and must never come to mean everybody.
const anyOf = (children: readonly ResolvedNode[]): ResolvedNode =>
  children.length === 0 ? nobody : children.length === 1 ? (children[0] as ResolvedNode) : { type: 'any', children };
const allOf = (children: readonly ResolvedNode[]): ResolvedNode => ({ type: 'all', children });

/**
 * The rules of a waterfall, each narrower than the one before: in any included segment; and in no excluded one; and with an
 * address; and with consent where the purpose asks for it. The last, less the suppressed addresses, is who gets it.
 */
export function audienceRules(audience: ResolvedAudience, channel: Channel, purpose: CampaignPurpose) {
  const { now, zone, include, exclude } = audience;
  const rule = (root: ResolvedNode): ResolvedRule => ({ now, zone, root });
  const included = anyOf(include);
  const audienceNode: ResolvedNode =
    exclude.length === 0 ? included : allOf([included, { type: 'not', child: anyOf(exclude) }]);
  return {
    segments: include.map(rule),
    included: rule(included),
    /** In any included segment and in no excluded one: what a run stores. */
    audience: rule(audienceNode),
    withAddress: rule(allOf([audienceNode, hasAddress(channel)])),
    withConsent: rule(allOf([audienceNode, ...reachableNodes(channel, purpose)])),
  };
}

/** The rule of everybody in a run's audience who has an address and, where it is needed, consent; suppressed addresses are not told by rules. */
export const reachableRule = (audience: ResolvedRule, channel: Channel, purpose: CampaignPurpose): ResolvedRule => ({
  ...audience,
  root: allOf([audience.root, ...reachableNodes(channel, purpose)]),
});

/** The people of a rule whose folded address is one of these. */
export const withAddressIn = (rule: ResolvedRule, channel: Channel, folded: readonly string[]): ResolvedRule => ({
  ...rule,
  root: allOf([
    rule.root,
    {
      type: 'attribute',
      field: addressField(channel),
      test: { kind: 'text', operator: 'in', values: folded, caseSensitive: false },
      orMissing: false,
    },
  ]),
});

/** Which suppressions stop a message: those of its purpose, and those that stop everything. */
export const suppressingScopes = (purpose: CampaignPurpose): readonly ('marketing' | 'all')[] =>
  purpose === 'marketing' ? ['marketing', 'all'] : ['all'];

const addressField = (channel: Channel) => ({ path: channel === 'email' ? 'email' : 'phone', type: 'string' }) as const;

const hasAddress = (channel: Channel): ResolvedNode => ({
  type: 'attribute',
  field: addressField(channel),
  test: { kind: 'isSet' },
  orMissing: false,
});

const hasConsent = (channel: Channel): ResolvedNode => ({
  type: 'attribute',
  field: { path: `consents.${channel}`, type: 'enum' },
  test: { kind: 'text', operator: 'eq', values: ['granted'], caseSensitive: false },
  orMissing: false,
});

const reachableNodes = (channel: Channel, purpose: CampaignPurpose): readonly ResolvedNode[] =>
  purpose === 'marketing' ? [hasAddress(channel), hasConsent(channel)] : [hasAddress(channel)];
