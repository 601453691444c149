/**
 * Asks at most once in `ms` and gives everybody who asks meanwhile the same answer; what failed is asked anew. For questions
 * that many ask at the same time and whose answer may be so old.
 */
export function briefly<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  let until = 0;
  return () => {
    if (known && performance.now() < until) return known;
    const asked = ask();
    known = asked;
    until = performance.now() + ms;
    asked.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked;
  };
}
