import type { Channel, CustomerId, ResolvedRule } from '@mini-crm/domain';
import type { CustomerDocument } from '../customers/customer.model.ts';
import type { Bound } from '../organization/bound.ts';
import type { AudienceReader, ReadLimits } from '../segments/audience.ts';
import { ruleToMongo } from '../segments/rule-to-mongo.ts';

/** A member of an audience with what decides whether and when they can be written to. */
export interface Reached {
  readonly id: CustomerId;
  /** The folded address; null where there is none. */
  readonly address: string | null;
  /** The zone as it is stored: null, or a name that may be unknown. */
  readonly zone: string | null;
}

export interface ReachedQuery {
  readonly rule: ResolvedRule;
  readonly channel: Channel;
  /** Only those who were there at this instant. */
  readonly boundAt: Date;
  /** Only those whose id is greater. */
  readonly after?: CustomerId | null;
  readonly limits?: ReadLimits;
}

const membersAtOnce = 2_000;

/** The zones of customers, in their order; who was deleted stays, without one. */
export async function withZones(
  customers: Bound<CustomerDocument>,
  ids: readonly CustomerId[],
): Promise<Pick<Reached, 'id' | 'zone'>[]> {
  const found = await customers.find({ _id: { $in: [...ids] } }, { projection: { timeZone: 1 } }).toArray();
  const zones = new Map(found.map(({ _id, timeZone }) => [_id, timeZone]));
  return ids.map((id) => ({ id, zone: zones.get(id) ?? null }));
}

/**
 * The members of a rule in ascending order of their ids and in batches. Where MongoDB says the rule exactly it gives their
 * addresses and zones in the same answer; else they are looked up behind the evaluator's word.
 */
export async function* reachedMembers(
  audience: Pick<AudienceReader, 'ids'>,
  customers: Bound<CustomerDocument>,
  { rule, channel, boundAt, after = null, limits = {} }: ReachedQuery,
): AsyncGenerator<readonly Reached[]> {
  const address = channel === 'email' ? ('folded.email' as const) : ('folded.phone' as const);
  const flags = {
    address: { $ifNull: [`$${address}`, null] },
    zone: { $ifNull: ['$timeZone', null] },
    created: { $ifNull: ['$createdAt', null] },
  };
  const plan = ruleToMongo(rule, { orgId: customers.orgId, after, flags });
  if (plan.exact) {
    const pipeline = [...plan.pipeline, { $match: { created: { $lte: boundAt } } }, { $sort: { _id: 1 } }];
    const found = customers.aggregate<Omit<Reached, 'id'> & { _id: CustomerId }>(
      [...pipeline, { $project: { created: 0 } }],
      { allowDiskUse: true, batchSize: membersAtOnce, ...limits },
    );
    let batch: Reached[] = [];
    for await (const { _id, address: own, zone } of found) {
      batch.push({ id: _id, address: own ?? null, zone: zone ?? null });
      if (batch.length < membersAtOnce) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
    return;
  }
  for await (const ids of audience.ids(rule, after, limits)) {
    const found = await customers
      .find(
        { _id: { $in: [...ids] }, createdAt: { $lte: boundAt } },
        { projection: { [address]: 1, timeZone: 1 }, sort: { _id: 1 } },
      )
      .toArray();
    yield found.map(({ _id, folded, timeZone }) => ({
      id: _id,
      address: channel === 'email' ? folded.email : folded.phone,
      zone: timeZone,
    }));
  }
}
