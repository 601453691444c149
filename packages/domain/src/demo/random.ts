/** A repeatable stream of chance: the same seed draws the same numbers. */
export interface Random {
  /** Evenly between 0 (in) and 1 (out). */
  next(): number;
  /** A whole number, both ends in. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** One of the items, in proportion to what `weight` says. */
  weighted<T>(items: readonly T[], weight: (item: T) => number): T;
  /** Waiting times that are mostly short and sometimes long, with this mean. */
  exponential(mean: number): number;
  /** Durations with this median; `spread` 1 makes one in six longer than e times it. */
  lognormal(median: number, spread: number): number;
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for a shop that does not exist. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new Error('nothing to pick from');
    return items[Math.floor(next() * items.length)] as T;
  };
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick,
    weighted(items, weight) {
      let rest = next() * items.reduce((sum, item) => sum + weight(item), 0);
      for (const item of items) {
        rest -= weight(item);
        if (rest < 0) return item;
      }
      return pick(items);
    },
    exponential: (mean) => -Math.log(1 - next()) * mean,
    lognormal(median, spread) {
      // Box and Muller's normal deviate.
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(normal * spread);
    },
  };
}
