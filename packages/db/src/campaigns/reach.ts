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
} from '@mini-crm/domain';
import type { CustomerDocument } from '../customers/customer.model.ts';
import type { Bound } from '../organization/bound.ts';
import type { AudienceReader, ReadLimits } from '../segments/audience.ts';
import { countSuppressed, suppressedAmong } from '../suppressions/suppressed-addresses.ts';
import type { SuppressionDocument } from '../suppressions/suppression.model.ts';
import type { SendAgainRepository } from './send-again.repository.ts';

/** Who of an audience can be reached: counted for the waterfall and streamed for the sending by the same rules. */
export function reachRepository(
  audience: AudienceReader,
  customers: Bound<CustomerDocument>,
  suppressions: Bound<SuppressionDocument>,
  sendAgain: SendAgainRepository,
) {
  /** Of these people, those who were there at `boundAt` and whose address is not suppressed, in their order. */
  async function withoutSuppressed(
    ids: readonly CustomerId[],
    channel: Channel,
    purpose: CampaignPurpose,
    boundAt: Date,
  ) {
    const field = channel === 'email' ? ('folded.email' as const) : ('folded.phone' as const);
    const people = await customers
      .find({ _id: { $in: [...ids] }, createdAt: { $lte: boundAt } }, { projection: { [field]: 1 } })
      .toArray();
    const addressOf = new Map(
      people.map(({ _id, folded }) => [_id, channel === 'email' ? folded.email : folded.phone] as const),
    );
    const addresses = [...addressOf.values()].filter((address) => address !== null);
    const suppressed = await suppressedAmong(suppressions, addresses, channel, purpose);
    return ids.filter((id) => {
      const address = addressOf.get(id);
      return typeof address === 'string' && !suppressed.has(address);
    });
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

    /**
     * Everybody whom a run reaches, in ascending order of their ids and in batches, behind `after` where it is given. The
     * same rules as the waterfall's, bound to the run's one instant: whoever was added after it was in no count that its
     * author confirmed. Consent and suppression are those of now.
     */
    async *reachableAudience(
      run: Pick<Run, 'rule' | 'content' | 'boundAt'> & Partial<Pick<Run, 'id' | 'again'>>,
      channel: Channel,
      after: CustomerId | null = null,
    ): AsyncGenerator<readonly CustomerId[]> {
      // Who is sent a message again is told by the rows of the first time; hand-over says who may not get it any more.
      if (run.id && run.again) {
        yield* sendAgain.take(run.again, run.id, after);
        return;
      }
      const { purpose } = run.content;
      for await (const ids of audience.ids(reachableRule(run.rule, channel, purpose), after)) {
        const reachable = await withoutSuppressed(ids, channel, purpose, run.boundAt);
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
