import {
  type Channel,
  type CustomerFacts,
  type CustomerId,
  type Cutoff,
  channels,
  compileRule,
  fold,
  type RankQuestion,
  type ResolvedRule,
  reachableRule,
} from '@mini-crm/domain';
import type { AudienceReader } from './audience.ts';
import type { Suppressed } from './parity-corpus.ts';

/** What the evaluator says of a rule over all people, to hold readers against. */
export interface Expected {
  readonly rule: ResolvedRule;
  readonly members: readonly string[];
  readonly outsider: string | undefined;
  readonly reach: Readonly<Record<Channel, number>>;
  readonly cutoffs: readonly (readonly [RankQuestion, Cutoff | null])[];
}

/** The evaluator's own answers. */
export function expectedOf(
  rule: ResolvedRule,
  cutoffs: Expected['cutoffs'],
  facts: readonly CustomerFacts[],
  suppressed: readonly Suppressed[],
): Expected {
  const holds = compileRule(rule);
  const members = facts.filter(holds);
  const stopped = new Set(suppressed.map(({ channel, address }) => `${channel}:${address}`));
  const reachedBy = (channel: Channel): number =>
    members
      .filter(compileRule(reachableRule({ ...rule, root: { type: 'everyone' } }, channel, 'marketing')))
      .filter(({ email, phone }) => !stopped.has(`${channel}:${fold((channel === 'email' ? email : phone) ?? '')}`))
      .length;
  return {
    rule,
    members: members.map(({ id }) => id),
    outsider: facts.find((one) => !holds(one))?.id,
    reach: Object.fromEntries(channels.map((channel) => [channel, reachedBy(channel)])) as Expected['reach'],
    cutoffs,
  };
}

const sampleSize = 3;

/**
 * How a reader's answers differ from the evaluator's, or null where they agree. A plan that is finished by the evaluator and
 * narrows too much lacks people here.
 */
export async function readerDifference(reader: AudienceReader, expected: Expected): Promise<string | null> {
  const { rule, members, outsider, reach } = expected;
  const [ids, preview, further] = await Promise.all([
    idsOf(reader, rule),
    reader.preview(rule, sampleSize),
    furtherDifference(reader, expected),
  ]);
  return (
    (await cutoffDifference(reader, expected)) ??
    idsDifference(members, ids) ??
    (preview.size === members.length ? null : `counts ${preview.size} instead of ${members.length}`) ??
    sampleDifference(members, preview.sample) ??
    channels
      .filter((channel) => preview.reach[channel] !== reach[channel])
      .map((channel) => `reaches ${preview.reach[channel]} instead of ${reach[channel]} by ${channel}`)[0] ??
    (outsider !== undefined && (await reader.includes(rule, outsider as CustomerId)) ? `includes ${outsider}` : null) ??
    further
  );
}

/** The questions that readers answer by the same means in turns, so that a run of many rules asks them all without taking long. */
async function furtherDifference(reader: AudienceReader, { rule, members }: Expected): Promise<string | null> {
  const place = Math.floor(members.length / 2);
  const middle = members[place];
  if (members.length % 2 === 0 || middle === undefined) {
    const count = await reader.count(rule);
    return count === members.length ? null : `counts ${count} instead of ${members.length}`;
  }
  if (!(await reader.includes(rule, middle as CustomerId))) return `does not include ${middle}`;
  return idsDifference(members.slice(place + 1), await idsOf(reader, rule, middle as CustomerId));
}

function sampleDifference(members: readonly string[], sample: readonly string[]): string | null {
  const wanted = Math.min(sampleSize, members.length);
  const found = new Set(sample.filter((id) => members.includes(id)));
  const isRight = sample.length === wanted && found.size === wanted;
  return isRight ? null : `shows ${sample.join(', ')} as ${wanted} of ${members.length} members`;
}

async function cutoffDifference(reader: AudienceReader, { cutoffs }: Expected): Promise<string | null> {
  for (const [question, expected] of cutoffs) {
    const got = await reader.cutoff(question);
    const isSame =
      got === null || expected === null
        ? got === expected
        : BigInt(got.n) * BigInt(expected.d) === BigInt(expected.n) * BigInt(got.d);
    if (!isSame) return `cuts off at ${JSON.stringify(got)} instead of ${JSON.stringify(expected)}`;
  }
  return null;
}

async function idsOf(reader: AudienceReader, rule: ResolvedRule, after: CustomerId | null = null): Promise<string[]> {
  const ids: string[] = [];
  for await (const batch of reader.ids(rule, after)) {
    if (batch.length === 0) throw new Error('A batch of ids is empty');
    ids.push(...batch);
  }
  return ids;
}

function idsDifference(expected: readonly string[], got: readonly string[]): string | null {
  const [wanted, found] = [new Set(expected), new Set(got)];
  const missing = expected.filter((id) => !found.has(id));
  const extra = got.filter((id) => !wanted.has(id));
  if (missing.length > 0 || extra.length > 0) return `lacks ${missing.slice(0, 3)}; has too ${extra.slice(0, 3)}`;
  return expected.length === got.length && expected.every((id, i) => got[i] === id) ? null : 'another order, or twice';
}
