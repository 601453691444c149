import { afterAll, beforeAll, expect, test } from 'vitest';
import { crashRound } from './testing/crash-round.ts';
import { type CrashStage, crashStage } from './testing/crash-stage.ts';

// Real processes, a real database and a real SMTP server whose ledger is compared with the log after each round.
const rounds = process.env.CI ? 20 : 3;
const leaseMs = 1_500;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

let stage: CrashStage;
beforeAll(async () => {
  stage = await crashStage({ leaseMs, smtpDelayMs: 4 });
}, 120_000);
afterAll(() => stage?.stop());

test.each(Array.from({ length: rounds }, (_, i) => seed + i))(
  'seed %i: whatever is killed, frozen, broken off or refused, the log agrees with what arrived',
  async (roundSeed) => {
    const { counts, unknownAtMost } = await crashRound(stage, { seed: roundSeed, people: 800, leaseMs });
    expect(counts.skipped).toBe(0);
    // Those whom the provider refuses for good, but for those of them who were in a killed worker's hands.
    expect(counts.failed).toBeLessThanOrEqual(8);
    expect(counts.unknown).toBeLessThanOrEqual(unknownAtMost);
  },
  300_000,
);
