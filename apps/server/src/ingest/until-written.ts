import { setTimeout as wait } from 'node:timers/promises';

const tries = 40;
const triesWithoutPause = 4;
const tails = new Map<string, Promise<void>>();

/**
 * Decides and writes, again where somebody else wrote in between and the step answers null. Batches of one `key` that met
 * each other go on one after the other, so that many of them at once don't undo each other again and again.
 */
export async function untilWritten<T>(key: string, step: () => Promise<T | null>): Promise<T> {
  for (let tried = 0; tried < tries; tried++) {
    const done = tried === 0 ? await step() : await inTurn(key, step);
    if (done !== null) return done;
    // What still comes in between is of other processes.
    if (tried >= triesWithoutPause) await wait(20 + Math.random() * 80);
  }
  throw new Error('A batch met other writes again and again.');
}

/** Runs a step when those of the same key that came before it are done. */
function inTurn<T>(key: string, step: () => Promise<T>): Promise<T> {
  const run = (tails.get(key) ?? Promise.resolve()).then(step);
  const tail = run.then(
    () => undefined,
    () => undefined,
  );
  tails.set(key, tail);
  void tail.then(() => {
    if (tails.get(key) === tail) tails.delete(key);
  });
  return run;
}
