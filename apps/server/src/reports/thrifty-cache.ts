const longestMs = 60_000;
/** What is found faster than this is not worth keeping. */
const quickMs = 50;
const maximumEntries = 2000;

/**
 * Keeps answers for ten times as long as they took to find, a minute at most, and not at all where that was quick: what is
 * slow can't take more than a tenth of the database's time. Askers at the same time share one search. `now` in ms.
 */
export function thriftyCache(now: () => number) {
  const entries = new Map<string, { readonly value: Promise<unknown>; until: number }>();

  return <T>(key: string, find: () => Promise<T>): Promise<T> => {
    const kept = entries.get(key);
    if (kept && kept.until > now()) return kept.value as Promise<T>;
    const started = now();
    const value = find();
    const entry = { value, until: Number.POSITIVE_INFINITY };
    entries.delete(key);
    entries.set(key, entry);
    value.then(
      () => {
        const took = now() - started;
        entry.until = took < quickMs ? now() : now() + Math.min(longestMs, 10 * took);
      },
      () => {
        if (entries.get(key) === entry) entries.delete(key);
      },
    );
    const [oldest] = entries.keys();
    if (entries.size > maximumEntries && oldest !== undefined) entries.delete(oldest);
    return value;
  };
}
