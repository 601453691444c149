import type { Logger } from 'pino';

// A row is written when its whole group has answered, or when a dead worker's page is taken over: both within two minutes.
const defaultPausesMs: readonly number[] = [1_000, 4_000, 15_000, 40_000, 70_000];
const mostWaiting = 10_000;

/** Notes a response on the row of a message; false where the row is not there. */
export type Note = () => Promise<boolean>;

export interface EarlyResponses {
  /** Notes a response, or keeps it for a row that is still to come. Fails only where the first try does. */
  note(note: Note): Promise<void>;
  /** Gives up what is kept. */
  stop(): void;
}

/**
 * Scanners and quick readers answer before the row of their message is written. Such a response is tried again for two
 * minutes. It is kept in memory only: what a restart loses is a count in a report, while an unsubscription itself is
 * written down at once.
 */
export function earlyResponses(log: Pick<Logger, 'warn'>, pausesMs = defaultPausesMs): EarlyResponses {
  const timers = new Set<NodeJS.Timeout>();

  function later(note: Note, attempt: number) {
    const pause = pausesMs[attempt];
    if (pause === undefined || timers.size >= mostWaiting) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      note().then(
        (found) => {
          if (!found) later(note, attempt + 1);
        },
        (error) => {
          log.warn({ err: error }, 'response not recorded');
          later(note, attempt + 1);
        },
      );
    }, pause);
    timer.unref();
    timers.add(timer);
  }

  return {
    async note(note) {
      if (!(await note())) later(note, 0);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
