import { QuestionCancelled, QuestionTooLong } from './question-errors.ts';

/** Lets at most so many questions, or other pieces of work, go on at once; the others wait in the order in which they came. */
export function questionGate(atOnce: number, waitingMost: number) {
  let working = 0;
  const waiting: { readonly enter: () => void }[] = [];

  /** Whoever waits longest gets the place of the one who leaves. */
  function leave(): void {
    const next = waiting.shift();
    if (next) next.enter();
    else working -= 1;
  }

  return {
    /**
     * Runs `work` when it is its turn.
     * @throws {QuestionCancelled} when nobody waits for it any more, {QuestionTooLong} when too many wait already.
     */
    async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
      if (signal.aborted) throw new QuestionCancelled();
      if (working < atOnce) working += 1;
      else if (waiting.length < waitingMost) await turn(signal);
      else throw new QuestionTooLong();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };

  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const place = {
        enter: () => {
          signal.removeEventListener('abort', cancel);
          resolve();
        },
      };
      const cancel = () => {
        waiting.splice(waiting.indexOf(place), 1);
        reject(new QuestionCancelled());
      };
      signal.addEventListener('abort', cancel, { once: true });
      waiting.push(place);
    });
  }
}
