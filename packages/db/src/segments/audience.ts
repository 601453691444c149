import type { Channel, CustomerId, Cutoff, RankQuestion, ResolvedRule } from '@mini-crm/domain';
import { compileRule } from '@mini-crm/domain';
import type { AggregateOptions, Document } from 'mongodb';
import type { CustomerDocument } from '../customers/customer.model.ts';
import type { EventDocument } from '../events/event.model.ts';
import type { Bound } from '../organization/bound.ts';
import { readFacts } from './customer-facts.ts';
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
  /** The members with the lowest ids, as many as were asked for. */
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

// Ids of one batch; and candidates whose facts are read at once where the evaluator has to finish.
const batchSize = 500;

/** Audiences answered by MongoDB, where the truth is. */
export function mongoAudience(customers: Bound<CustomerDocument>, events: Bound<EventDocument>): AudienceReader {
  const aggregate = (pipeline: readonly Document[], { signal, maxTimeMS }: ReadLimits) => {
    const options: AggregateOptions & { signal?: AbortSignal } = {
      allowDiskUse: true,
      ...(maxTimeMS === undefined ? {} : { maxTimeMS }),
      ...(signal ? { signal } : {}),
    };
    return customers.aggregate([...pipeline], options);
  };

  /** Of candidates, those who are members by the evaluator's word. */
  async function finish(rule: ResolvedRule, candidates: readonly CustomerId[]): Promise<CustomerId[]> {
    const holds = compileRule(rule);
    return (await readFacts(customers, events, candidates)).filter(holds).map(({ id }) => id as CustomerId);
  }

  async function* ids(
    rule: ResolvedRule,
    after: CustomerId | null = null,
    limits: ReadLimits = {},
  ): AsyncGenerator<readonly CustomerId[]> {
    const plan = ruleToMongo(rule, { orgId: customers.orgId, after });
    for await (const batch of batches(aggregate([...plan.pipeline, { $sort: { _id: 1 } }], limits))) {
      limits.signal?.throwIfAborted();
      const members = plan.exact ? batch : await finish(rule, batch);
      if (members.length > 0) yield members;
    }
  }

  async function preview(rule: ResolvedRule, sampleSize: number, limits: ReadLimits = {}): Promise<AudiencePreview> {
    const plan = ruleToMongo(rule, { orgId: customers.orgId });
    if (!plan.exact) return previewStream(ids(rule, null, limits), sampleSize);
    const sample = sampleSize > 0 ? { sample: { $minN: { n: sampleSize, input: '$_id' } } } : {};
    const counting = { $group: { _id: null, size: { $sum: 1 }, ...sample } };
    const [counted] = await aggregate([...plan.pipeline, counting], limits).toArray();
    return { size: counted?.size ?? 0, sample: counted?.sample ?? [] };
  }

  return {
    ids,
    preview,
    async count(rule, limits) {
      return (await preview(rule, 0, limits)).size;
    },
    async includes(rule, id) {
      return (await finish(rule, [id])).length === 1;
    },
  };
}

async function* batches(documents: AsyncIterable<Document>): AsyncGenerator<CustomerId[]> {
  let batch: CustomerId[] = [];
  for await (const { _id } of documents) {
    batch.push(_id);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function previewStream(
  stream: AsyncIterable<readonly CustomerId[]>,
  sampleSize: number,
): Promise<AudiencePreview> {
  const sample: CustomerId[] = [];
  let size = 0;
  for await (const ids of stream) {
    size += ids.length;
    if (sample.length < sampleSize) sample.push(...ids.slice(0, sampleSize - sample.length));
  }
  return { size, sample };
}
