import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { crashRound } from './testing/crash-round.ts';
import { crashStage } from './testing/crash-stage.ts';

// `npm run bench -- crash [--rounds 200] [--people 5000] [--seed 1]`: campaigns under everything that can go wrong, each compared
// with what really arrived. What `npm test` runs a few times, as often as you like and with more people.

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    people: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
  },
});
const rounds = Number(options.rounds);
const people = Number(options.people);
const first = Number(options.seed);
const leaseMs = 1_500;

console.log(
  `crash: ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`,
);
const stage = await crashStage({ leaseMs, smtpDelayMs: 4 });
const faults: string[] = [];
let mostUnknown = 0;
let tooMany = 0;
try {
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    try {
      const { counts, unknownAtMost } = await crashRound(stage, { seed: first + round, people, leaseMs });
      mostUnknown = Math.max(mostUnknown, counts.unknown);
      if (counts.unknown > unknownAtMost) tooMany++;
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`  seed ${first + round}: ${JSON.stringify(counts)}, at most ${unknownAtMost} unknown, ${seconds} s`);
    } catch (error) {
      faults.push((error as Error).message);
      console.log(`  ${(error as Error).message}`);
    }
  }
} finally {
  await stage.stop();
}
const bars = [
  { text: `rounds in which the log disagrees with what arrived: ${faults.length}, bar 0`, holds: faults.length === 0 },
  { text: `rounds with more unknown than was in hand: ${tooMany}, bar 0`, holds: tooMany === 0 },
];
console.log(`  most unknown in a round: ${mostUnknown} of ${people}`);
for (const { text, holds } of bars) console.log(`  ${holds ? 'holds' : 'FAILS'}  ${text}`);
const held = bars.filter(({ holds }) => holds).length;
console.log(`crash: ${held} of ${bars.length} bars hold`);
process.exitCode = held === bars.length ? 0 : 1;
