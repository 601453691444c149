/** So many of something at once, for those who ask in turn. */
export interface Permits {
  /** Resolves to how many were taken: `wanted`, or all there are where that is less. */
  take(wanted: number): Promise<number>;
  give(taken: number): void;
}

/** Permits for `total` at once. Whoever came first is served first, so that a large wish is not overtaken for ever. */
export function permits(total: number): Permits {
  const waiting: { readonly wanted: number; readonly go: (taken: number) => void }[] = [];
  let free = total;
  const serve = () => {
    for (let first = waiting[0]; first && first.wanted <= free; first = waiting[0]) {
      waiting.shift();
      free -= first.wanted;
      first.go(first.wanted);
    }
  };
  return {
    take: (wanted) =>
      new Promise((go) => {
        waiting.push({ wanted: Math.min(wanted, total), go });
        serve();
      }),
    give(taken) {
      free += taken;
      serve();
    },
  };
}
