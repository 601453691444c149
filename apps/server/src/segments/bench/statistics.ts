/** The value that this part (0 to 1) of the others does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

/** How long something took, in ms, and what it answered. */
export async function timed<T>(work: () => Promise<T>): Promise<[ms: number, answer: T]> {
  const start = performance.now();
  const answer = await work();
  return [performance.now() - start, answer];
}
