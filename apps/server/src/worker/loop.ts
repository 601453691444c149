import type { Deps } from '../deps.ts';

/** Work that a worker does by itself for as long as it lives: it looks for what is due in the database and does it. */
export interface Loop {
  readonly name: string;
  start(deps: Deps): RunningLoop;
}

export interface RunningLoop {
  /** Finishes what is in hand and starts nothing new. */
  stop(): Promise<void>;
}

export interface PollOptions {
  readonly name: string;
  /** How long to wait when there was nothing to do. */
  readonly idleMs: number;
  /** Does one piece of work; true where there may be more at once. */
  work(signal: AbortSignal): Promise<boolean>;
}

const longestPauseMs = 10_000;

/** Calls `work` again and again, one at a time. A failure is logged and waited out, longer each time; it never ends the loop. */
export function poll(deps: Pick<Deps, 'log'>, { name, idleMs, work }: PollOptions): RunningLoop {
  const controller = new AbortController();
  const { signal } = controller;
  let failures = 0;
  const run = async () => {
    while (!signal.aborted) {
      let pause = 0;
      try {
        if (!(await work(signal))) pause = idleMs;
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        pause = Math.min(longestPauseMs, 250 * 2 ** failures++);
        deps.log.error({ err: error, loop: name, againInMs: pause }, 'loop failed');
      }
      if (pause > 0) await rest(pause, signal);
    }
  };
  const done = run();
  return {
    async stop() {
      controller.abort();
      await done;
    },
  };
}

/** Waits, or returns early when the signal is aborted. */
export function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
