import { type Channel, type CustomerFacts, channels, compileRule, fold, reachableRule } from '@mini-crm/domain';
import type { Bound } from '../organization/bound.ts';
import { suppressedAmong } from '../suppressions/suppressed-addresses.ts';
import type { SuppressionDocument } from '../suppressions/suppression.model.ts';

/** Counts those whom marketing reaches, on each channel. */
export interface ReachCounter {
  add(people: readonly CustomerFacts[]): Promise<void>;
  counts(): Record<Channel, number>;
}

const everybody = { now: 0, zone: 'UTC', root: { type: 'everyone' } } as const;

/** A counter for people who come in batches, with the suppressions of the moment in which they come. */
export function reachCounter(suppressions: Bound<SuppressionDocument>): ReachCounter {
  const counts = Object.fromEntries(channels.map((channel) => [channel, 0])) as Record<Channel, number>;
  return {
    async add(people) {
      for (const channel of channels) {
        const reachable = people.filter(compileRule(reachableRule(everybody, channel, 'marketing')));
        const addresses = reachable.map(({ email, phone }) => fold((channel === 'email' ? email : phone) ?? ''));
        const suppressed = await suppressedAmong(suppressions, [...new Set(addresses)], channel, 'marketing');
        counts[channel] += addresses.filter((address) => !suppressed.has(address)).length;
      }
    },
    counts: () => counts,
  };
}
