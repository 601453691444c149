/** How far a sending was at a moment (ms since 1970). */
export interface Sample {
  readonly at: number;
  readonly settled: number;
}

const windowMs = 20_000;
const leastMs = 1_500;

/** The samples with one more; those older than twenty seconds go, but for the last of them. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last && (sample.settled < last.settled || sample.at <= last.at))
    return sample.settled < last.settled ? [sample] : samples;
  const firstInside = samples.findIndex(({ at }) => at > sample.at - windowMs);
  const kept = firstInside < 0 ? samples.slice(-1) : samples.slice(Math.max(0, firstInside - 1));
  return [...kept, sample];
}

/** Messages a second over the last seconds; null until that can be told. */
export function rateOf(samples: readonly Sample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < leastMs) return null;
  return ((last.settled - first.settled) * 1000) / (last.at - first.at);
}

/** `about 3 minutes` for what is left at a rate; null where nobody can tell. */
export function timeLeft(remaining: number, rate: number | null): string | null {
  if (rate === null || rate <= 0 || remaining <= 0) return null;
  const seconds = remaining / rate;
  if (seconds < 45) return 'less than a minute';
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${minutes} minute${minutes === 1 ? '' : 's'}`;
  const hours = Math.round(minutes / 60);
  return `about ${hours} hours`;
}
