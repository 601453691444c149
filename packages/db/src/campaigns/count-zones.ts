import type { ResolvedRule } from '@mini-crm/domain';
import type { CustomerDocument } from '../customers/customer.model.ts';
import type { Bound } from '../organization/bound.ts';
import type { AudienceReader, ReadLimits } from '../segments/audience.ts';
import { ruleToMongo } from '../segments/rule-to-mongo.ts';

/** In which zones the members of a rule live, and how many in each; null is of nobody known where. */
export async function countZones(
  audience: Pick<AudienceReader, 'ids'>,
  customers: Bound<CustomerDocument>,
  rule: ResolvedRule,
  limits: ReadLimits,
): Promise<Map<string | null, number>> {
  const plan = ruleToMongo(rule, { orgId: customers.orgId, flags: { zone: { $ifNull: ['$timeZone', null] } } });
  const byZone = { $group: { _id: '$zone', count: { $sum: 1 } } };
  if (plan.exact) {
    const groups = await customers
      .aggregate<{ _id: string | null; count: number }>([...plan.pipeline, byZone], { allowDiskUse: true, ...limits })
      .toArray();
    return new Map(groups.map(({ _id, count }) => [_id, count]));
  }
  const counts = new Map<string | null, number>();
  for await (const ids of audience.ids(rule, null, limits)) {
    const found = await customers.find({ _id: { $in: [...ids] } }, { projection: { timeZone: 1 } }).toArray();
    for (const { timeZone } of found) counts.set(timeZone, (counts.get(timeZone) ?? 0) + 1);
  }
  return counts;
}
