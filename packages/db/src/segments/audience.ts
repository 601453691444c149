import type { Channel, CustomerFacts, CustomerId, Cutoff, RankQuestion, ResolvedRule } from '@mini-crm/domain';
import { channels, compileRule, reachableRule } from '@mini-crm/domain';
import type { AggregateOptions, Document } from 'mongodb';
import { countSuppressed } from '../suppressions/suppressed-addresses.ts';
import type { AudienceCollections } from './audience-collections.ts';
import { readFacts } from './customer-facts.ts';
import { factsNeeded } from './facts-needed.ts';
import { idBatches } from './id-batches.ts';
import { mongoCutoff } from './mongo-cutoff.ts';
import { type ReachCounter, reachCounter } from './reach-counter.ts';
import { ruleToMongo } from './rule-to-mongo.ts';

export interface ReadLimits {
  /** Stops the question when nobody waits for its answer any more. */
  readonly signal?: AbortSignal;
  /** How long MongoDB may work on it, in ms; longer throws its time limit error (`isTimeLimit`). */
  readonly maxTimeMS?: number;
}

export interface AudiencePreview {
  readonly size: number;
  /** How many of them have an address, consent to marketing and no suppression on a channel. */
  readonly reach: Readonly<Record<Channel, number>>;
  /** Some of the members, as many as were asked for or there are, each once; which of them is the reader's choice. */
  readonly sample: readonly CustomerId[];
}

/**
 * Who fulfils a resolved rule. Another engine may answer the same questions faster; this is the whole seam.
 * Every answer is exact at the moment of asking.
 */
export interface AudienceReader {
  /** How many members there are. */
  count(rule: ResolvedRule, limits?: ReadLimits): Promise<number>;
  /** How many members there are, and some of them, from one reading. */
  preview(rule: ResolvedRule, sampleSize: number, limits?: ReadLimits): Promise<AudiencePreview>;
  /** The ids of all members in ascending order and in batches, behind `after` where it is given. No batch is empty. */
  ids(rule: ResolvedRule, after?: CustomerId | null, limits?: ReadLimits): AsyncIterable<readonly CustomerId[]>;
  /** The value of the last one whom a rank takes in, what `resolveRule` needs of it; null where nobody has a rank. */
  cutoff(question: RankQuestion, limits?: ReadLimits): Promise<Cutoff | null>;
  /** Whether one customer is a member; false for one that does not exist. */
  includes(rule: ResolvedRule, id: CustomerId): Promise<boolean>;
}

/** Audiences answered by MongoDB, where the truth is. */
export function mongoAudience(collections: AudienceCollections): AudienceReader {
  const { customers, suppressions } = collections;
  const { orgId } = customers;
  const aggregate = (pipeline: readonly Document[], { signal, maxTimeMS }: ReadLimits) => {
    const options: AggregateOptions & { signal?: AbortSignal } = {
      allowDiskUse: true,
      ...(maxTimeMS === undefined ? {} : { maxTimeMS }),
      ...(signal ? { signal } : {}),
    };
    return customers.aggregate([...pipeline], options);
  };

  /** The facts of members in batches, by the evaluator's word: what a plan gives that is not exact. */
  async function* finished(rule: ResolvedRule, candidates: AsyncIterable<Document>, limits: ReadLimits) {
    const holds = compileRule(rule);
    const needed = factsNeeded(rule.root);
    for await (const batch of idBatches(candidates)) {
      limits.signal?.throwIfAborted();
      const members = (await readFacts(collections, batch, needed)).filter(holds);
      if (members.length > 0) yield members;
    }
  }

  async function* ids(
    rule: ResolvedRule,
    after: CustomerId | null = null,
    limits: ReadLimits = {},
  ): AsyncGenerator<readonly CustomerId[]> {
    const plan = ruleToMongo(rule, { orgId, after });
    const found = aggregate([...plan.pipeline, { $sort: { _id: 1 } }], limits);
    if (!plan.exact) {
      for await (const members of finished(rule, found, limits)) yield members.map(({ id }) => id as CustomerId);
      return;
    }
    for await (const batch of idBatches(found)) {
      limits.signal?.throwIfAborted();
      yield batch;
    }
  }

  async function count(rule: ResolvedRule, limits: ReadLimits = {}): Promise<number> {
    const plan = ruleToMongo(rule, { orgId });
    if (!plan.exact) {
      let size = 0;
      for await (const members of finished(rule, aggregate(plan.pipeline, limits), limits)) size += members.length;
      return size;
    }
    const [counted] = await aggregate([...plan.pipeline, { $count: 'size' }], limits).toArray();
    return counted?.size ?? 0;
  }

  return {
    ids,
    count,
    async preview(rule, sampleSize, limits = {}) {
      const plan = ruleToMongo(rule, {
        orgId,
        flags: Object.fromEntries(channels.map((one) => [one, reachFlag(one)])),
      });
      if (!plan.exact) {
        const found = aggregate([...plan.pipeline, { $sort: { _id: 1 } }], limits);
        return previewStream(finished(rule, found, limits), sampleSize, reachCounter(suppressions));
      }
      const [[counted], suppressed] = await Promise.all([
        aggregate([...plan.pipeline, countingStage(sampleSize)], limits).toArray(),
        Promise.all(
          channels.map((one) =>
            countSuppressed({ count }, suppressions, reachableRule(rule, one, 'marketing'), one, 'marketing', limits),
          ),
        ),
      ]);
      // The counts are taken side by side while people come and go.
      const reach = channels.map((one, i) => [one, Math.max(0, (counted?.[one] ?? 0) - (suppressed[i] ?? 0))]);
      return { size: counted?.size ?? 0, sample: counted?.sample ?? [], reach: Object.fromEntries(reach) };
    },
    cutoff: (question, limits = {}) => mongoCutoff(collections, question, (stages) => aggregate(stages, limits)),
    async includes(rule, id) {
      return (await readFacts(collections, [id], factsNeeded(rule.root))).some(compileRule(rule));
    },
  };
}

/** Whether a customer has an address and consent to marketing on a channel: what `reachableRule` says, as an expression. */
const reachFlag = (channel: Channel): Document => ({
  $and: [
    { $eq: [`$consents.${channel}.state`, 'granted'] },
    { $gt: [channel === 'email' ? '$folded.email' : '$folded.phone', null] },
  ],
});

const countingStage = (sampleSize: number): Document => ({
  $group: {
    _id: null,
    size: { $sum: 1 },
    ...Object.fromEntries(channels.map((one) => [one, { $sum: { $cond: [`$${one}`, 1, 0] } }])),
    ...(sampleSize > 0 ? { sample: { $minN: { n: sampleSize, input: '$_id' } } } : {}),
  },
});

async function previewStream(
  stream: AsyncIterable<readonly CustomerFacts[]>,
  sampleSize: number,
  reach: ReachCounter,
): Promise<AudiencePreview> {
  const sample: CustomerId[] = [];
  let size = 0;
  for await (const members of stream) {
    size += members.length;
    for (const { id } of members.slice(0, sampleSize - sample.length)) sample.push(id as CustomerId);
    await reach.add(members);
  }
  return { size, sample, reach: reach.counts() };
}
