import {
  type CampaignPurpose,
  type Channel,
  type ResolvedRule,
  suppressingScopes,
  withAddressIn,
} from '@mini-crm/domain';
import type { Bound } from '../organization/bound.ts';
import type { AudienceReader, ReadLimits } from '../segments/audience.ts';
import type { SuppressionDocument } from './suppression.model.ts';

const addressesAtOnce = 20_000;

const stops = (channel: Channel, purpose: CampaignPurpose) => ({
  channel,
  scope: { $in: [...suppressingScopes(purpose)] },
});

/** The folded addresses that a purpose may not write to, each once, in groups that fit into a query. */
export async function* suppressedAddresses(
  suppressions: Bound<SuppressionDocument>,
  channel: Channel,
  purpose: CampaignPurpose,
): AsyncGenerator<string[]> {
  const entries = suppressions.find(stops(channel, purpose), { projection: { address: 1 } }).sort({ address: 1 });
  let group: string[] = [];
  let last: string | null = null;
  for await (const { address } of entries) {
    if (address === last) continue;
    last = address;
    group.push(address);
    if (group.length === addressesAtOnce) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}

/** Of these folded addresses, those that a purpose may not write to. */
export async function suppressedAmong(
  suppressions: Bound<SuppressionDocument>,
  addresses: readonly string[],
  channel: Channel,
  purpose: CampaignPurpose,
): Promise<ReadonlySet<string>> {
  if (addresses.length === 0) return new Set();
  const found = await suppressions
    .find({ ...stops(channel, purpose), address: { $in: [...addresses] } }, { projection: { address: 1 } })
    .toArray();
  return new Set(found.map(({ address }) => address));
}

/** How many people of a rule can't be written to for that alone, among those who could be else. */
export async function countSuppressed(
  audience: Pick<AudienceReader, 'count'>,
  suppressions: Bound<SuppressionDocument>,
  reachable: ResolvedRule,
  channel: Channel,
  purpose: CampaignPurpose,
  limits: ReadLimits,
): Promise<number> {
  let sum = 0;
  for await (const addresses of suppressedAddresses(suppressions, channel, purpose)) {
    sum += await audience.count(withAddressIn(reachable, channel, addresses), limits);
  }
  return sum;
}
