const tries = 40;

/** Decides and writes, again where somebody else wrote in between and the step answers null. */
export async function untilWritten<T>(step: () => Promise<T | null>): Promise<T> {
  for (let tried = 0; tried < tries; tried++) {
    const done = await step();
    if (done !== null) return done;
    await new Promise((resolve) => setTimeout(resolve, Math.min(200, 5 * 2 ** tried) * (0.5 + Math.random())));
  }
  throw new Error('A batch met other writes again and again.');
}
