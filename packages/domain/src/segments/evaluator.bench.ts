import { cpus } from 'node:os';
import { Query } from 'mingo';
import sift from 'sift';
import { type BenchRule, benchRules } from './bench/bench-rules.ts';
import { mingoQueries, r2 } from './bench/library-queries.ts';
import { benchFields, benchNow, madeUpCustomers } from './bench/made-up-customers.ts';
import type { CustomerFacts } from './customer-facts.ts';
import { compileRule } from './evaluate-rule.ts';
import { resolveRule } from './resolve-rule.ts';

// `npm run bench -- evaluator [customers]`: how fast the compiled evaluator asks a rule of customers in memory, against a
// function written by hand for that very rule, and beside sift and mingo where these can say it. All must find the same people.
// They run side by side in turns, so that whatever else the machine does meets all alike, and processor time is measured, so that
// waiting for others does not count; of the ratios the median is taken.

const bar = 0.75;
const rounds = 25;
/** Each turn goes over all customers, again and again until so long has passed; what is slower gets fewer customers. */
const turnMs = 20;
const longestTurnMs = 150;
const eventsEach = 10;

type Predicate = (facts: CustomerFacts) => boolean;

interface Contestant {
  readonly name: string;
  readonly holds: Predicate;
  /** How many customers are asked in one turn, and how often. */
  people: readonly CustomerFacts[];
  passes: number;
  readonly nsEach: number[];
}

function contestantsFor({ name, rule, byHand }: BenchRule): Contestant[] {
  const resolved = resolveRule(rule, { now: benchNow, zone: 'UTC', fields: benchFields });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.error));
  const entry = (who: string, holds: Predicate): Contestant => ({
    name: who,
    holds,
    people: [],
    passes: 1,
    nsEach: [],
  });
  const query = new Query(mingoQueries[name] as never);
  return [
    entry('by hand', byHand),
    entry('evaluator', compileRule(resolved.value)),
    entry('mingo', (facts) => query.test(facts as never)),
    ...(name === 'R2' ? [entry('sift', sift.default(r2 as never))] : []),
  ];
}

/** One turn: how many times somebody was in. All are called from this one place. */
function turn({ holds, people, passes }: Contestant): number {
  let members = 0;
  for (let pass = 0; pass < passes; pass++) for (const customer of people) if (holds(customer)) members++;
  return members;
}

const processorNs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
};

/** Nanoseconds a customer. */
function timed(contestant: Contestant): number {
  const began = processorNs();
  turn(contestant);
  return (processorNs() - began) / contestant.passes / contestant.people.length;
}

/** Asks everybody once and answers who is in; then the turns are made as long as they should be. */
function prepare(contestant: Contestant, customers: readonly CustomerFacts[]): string {
  const began = processorNs();
  const found = customers.filter(contestant.holds).map(({ id }) => id);
  const share = Math.min(1, (longestTurnMs * 1e6) / (processorNs() - began));
  contestant.people = customers.slice(0, Math.ceil(share * customers.length));
  for (let i = 0; i < 5; i++) timed(contestant);
  contestant.passes = Math.max(1, Math.round((turnMs * 1e6) / timed(contestant) / contestant.people.length));
  return found.join();
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

interface Match {
  readonly rule: BenchRule;
  readonly contestants: readonly Contestant[];
  readonly members: number;
}

/** All rules are compiled and warm before the first is measured: a process that lives has met many rules. */
function prepared(rule: BenchRule, customers: readonly CustomerFacts[]): Match {
  const contestants = contestantsFor(rule);
  const [byHand, ...others] = contestants.map((contestant) => ({
    ...contestant,
    found: prepare(contestant, customers),
  }));
  for (const { name, found } of others) {
    if (found !== byHand?.found) throw new Error(`${rule.name}: ${name} finds other people than the function by hand`);
  }
  return { rule, contestants, members: byHand?.found === '' ? 0 : (byHand?.found.split(',').length ?? 0) };
}

function measure({ rule, contestants, members }: Match): boolean {
  for (let round = 0; round < rounds; round++) {
    // Whoever goes first finds the processor as the last one left it, so the order turns.
    for (let i = 0; i < contestants.length; i++) {
      const contestant = contestants[(i + round) % contestants.length] as Contestant;
      contestant.nsEach.push(timed(contestant));
    }
  }
  const [hand, ...others] = contestants as [Contestant, ...Contestant[]];
  const ratioOf = ({ nsEach }: Contestant) => median(nsEach.map((ns, i) => (hand.nsEach[i] ?? Number.NaN) / ns));
  const [evaluator] = others as [Contestant];
  const ratio = ratioOf(evaluator);
  const each = contestants.map(({ name, nsEach }) => `${name} ${median(nsEach).toFixed(0)} ns`).join(', ');
  const beside = others.slice(1).map((one) => `${one.name} ${ratioOf(one).toFixed(3)}`);
  console.log(
    `  ${ratio >= bar ? 'holds' : 'FAILS'}  ${rule.name}: ${ratio.toFixed(2)} of a function by hand, bar ${bar} (beside it ${beside.join(', ')}); ${members} people; a customer takes ${each}`,
  );
  return ratio >= bar;
}

const customers = madeUpCustomers(Number(process.argv[2] ?? 20_000), eventsEach, 4);
console.log(
  `evaluator: ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}, ${customers.length.toLocaleString('en')} customers with about ${eventsEach} events each`,
);
const matches = benchRules.map((rule) => prepared(rule, customers));
const held = matches.filter(measure).length;
console.log(`evaluator: ${held} of ${benchRules.length} bars hold`);
process.exitCode = held === benchRules.length ? 0 : 1;
