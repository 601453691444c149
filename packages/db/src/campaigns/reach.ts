import {
  audienceRules,
  type CampaignPurpose,
  type Channel,
  type CustomerId,
  type ResolvedAudience,
  type ResolvedRule,
  type Run,
  reachableRule,
  type Waterfall,
  type WaterfallCounts,
  waterfallOf,
  withAddressIn,
} from '@mini-crm/domain';
import type { CustomerDocument } from '../customers/customer.model.ts';
import type { Bound } from '../organization/bound.ts';
import type { AudienceReader, ReadLimits } from '../segments/audience.ts';
import { countSuppressed, suppressedAddresses, suppressedAmong } from '../suppressions/suppressed-addresses.ts';
import type { SuppressionDocument } from '../suppressions/suppression.model.ts';
import { countZones } from './count-zones.ts';
import { type Reached, reachedMembers, withZones } from './reached.ts';
import type { SendAgainRepository } from './send-again.repository.ts';

/** Who of an audience can be reached: counted for the waterfall and streamed for the sending by the same rules. */
export function reachRepository(
  audience: AudienceReader,
  customers: Bound<CustomerDocument>,
  suppressions: Bound<SuppressionDocument>,
  sendAgain: SendAgainRepository,
) {
  /** Of these people, those whose address is not suppressed, in their order. */
  async function withoutSuppressed(people: readonly Reached[], channel: Channel, purpose: CampaignPurpose) {
    const addresses = people.flatMap(({ address }) => (address === null ? [] : [address]));
    const suppressed = await suppressedAmong(suppressions, addresses, channel, purpose);
    return people.filter(({ address }) => address !== null && !suppressed.has(address));
  }

  return {
    /** From all included segments together down to who gets it, counted now; each count within the limits. */
    async waterfall(
      resolved: ResolvedAudience,
      channel: Channel,
      purpose: CampaignPurpose,
      limits: ReadLimits = {},
    ): Promise<Waterfall> {
      const count = (rule: ResolvedRule) => audience.count(rule, limits);
      const rules = audienceRules(resolved, channel, purpose);
      const [sizes, distinct, notExcluded, withAddress, withConsent, suppressed] = await Promise.all([
        rules.segments.length === 1 ? null : Promise.all(rules.segments.map((rule) => count(rule))),
        count(rules.included),
        resolved.exclude.length === 0 ? null : count(rules.audience),
        count(rules.withAddress),
        purpose === 'service' ? null : count(rules.withConsent),
        countSuppressed(audience, suppressions, rules.withConsent, channel, purpose, limits),
      ]);
      return waterfallOf(
        descending({
          inSegments: sizes === null ? distinct : sizes.reduce((sum, size) => sum + size, 0),
          distinct,
          notExcluded: notExcluded ?? distinct,
          withAddress,
          withConsent: withConsent ?? withAddress,
          reachable: (withConsent ?? withAddress) - suppressed,
        }),
        purpose === 'marketing',
      );
    },

    /** In which zones those live whom an audience reaches, and how many in each; null is of nobody known where. */
    async zones(
      resolved: ResolvedAudience,
      channel: Channel,
      purpose: CampaignPurpose,
      limits: ReadLimits = {},
    ): Promise<Map<string | null, number>> {
      const rule = audienceRules(resolved, channel, purpose).withConsent;
      const counts = await countZones(audience, customers, rule, limits);
      for await (const addresses of suppressedAddresses(suppressions, channel, purpose)) {
        const gone = await countZones(audience, customers, withAddressIn(rule, channel, addresses), limits);
        for (const [zone, count] of gone) counts.set(zone, Math.max(0, (counts.get(zone) ?? 0) - count));
      }
      return new Map([...counts].filter(([, count]) => count > 0));
    },

    /**
     * Everybody whom a run reaches, in ascending order of their ids and in batches, behind `after` where it is given. The
     * same rules as the waterfall's, bound to the run's one instant: whoever was added after it was in no count that its
     * author confirmed. Consent and suppression are those of now.
     */
    async *reachableAudience(
      run: Pick<Run, 'rule' | 'content' | 'boundAt'> & Partial<Pick<Run, 'id' | 'again'>>,
      channel: Channel,
      after: CustomerId | null = null,
    ): AsyncGenerator<readonly Pick<Reached, 'id' | 'zone'>[]> {
      // Who is sent a message again is told by the rows of the first time; hand-over says who may not get it any more.
      if (run.id && run.again) {
        for await (const ids of sendAgain.take(run.again, run.id, after)) yield await withZones(customers, ids);
        return;
      }
      const { purpose } = run.content;
      const rule = reachableRule(run.rule, channel, purpose);
      for await (const people of reachedMembers(audience, customers, { rule, channel, boundAt: run.boundAt, after })) {
        const reachable = await withoutSuppressed(people, channel, purpose);
        if (reachable.length > 0) yield reachable;
      }
    },
  };
}

export type ReachRepository = ReturnType<typeof reachRepository>;

/** The counts are taken side by side while people come and go; each is held to the one before it, so that steps never turn negative. */
function descending(counts: WaterfallCounts): WaterfallCounts {
  const inSegments = Math.max(counts.inSegments, counts.distinct);
  const { distinct } = counts;
  const notExcluded = Math.min(distinct, counts.notExcluded);
  const withAddress = Math.min(notExcluded, counts.withAddress);
  const withConsent = Math.min(withAddress, counts.withConsent);
  return {
    inSegments,
    distinct,
    notExcluded,
    withAddress,
    withConsent,
    reachable: Math.max(0, Math.min(withConsent, counts.reachable)),
  };
}
