import { isPassingFault } from '@mini-crm/db';
import type { Logger } from 'pino';
import { rest } from '../worker/loop.ts';

/**
 * Repeats a database operation until the server has answered it. For operations that may be repeated because they name
 * what they change: an answer that was lost does no harm. Gives up when the signal is aborted.
 */
export async function untilAnswered<T>(log: Logger, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await work();
    } catch (error) {
      if (!isPassingFault(error) || signal.aborted) throw error;
      log.warn({ err: error, failures }, 'the database does not answer; trying again');
      await rest(Math.min(2_000, 100 * 2 ** failures), signal);
    }
  }
}
