import { monitorEventLoopDelay } from 'node:perf_hooks';

/*
 * Loaded before the API's own entrance by the benchmark: measures from inside how long the event loop was held, and answers
 * by IPC. The process under measurement is otherwise exactly the one that `npm start` runs.
 */

/** What the watched process answers to a message: since the last one. */
export interface ProcessFigures {
  /** The longest that the event loop was held, in ms. */
  readonly loopHeldMs: number;
  readonly rssMb: number;
  readonly peakMb: number;
}

const resolution = 1;
const delay = monitorEventLoopDelay({ resolution });
delay.enable();
process.on('message', () => {
  const figures: ProcessFigures = {
    loopHeldMs: Math.max(0, delay.max / 1e6 - resolution),
    rssMb: process.memoryUsage.rss() / 1024 ** 2,
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
  delay.reset();
  process.send?.(figures);
});
// The API ends by signals; the channel to the benchmark must not keep it alive.
process.channel?.unref();
