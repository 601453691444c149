import type { Deps } from '../deps.ts';
import { pauseNotice } from '../senders/pause-notice.ts';
import { openSecretBox } from '../senders/secret-box.ts';
import { openTracking } from '../tracking/open-tracking.ts';
import { transactionalWork } from '../transactional/transactional-work.ts';
import { type Loop, poll, type RunningLoop } from '../worker/loop.ts';
import { openSender } from './channels/open-sender.ts';
import { defaultEngineOptions, type EngineDeps, type EngineOptions, makeEngine } from './engine.ts';
import { scheduler } from './scheduler.ts';

/** Groups that are on their way may take so long after a stop before they are left to the reaper. */
const graceMs = 8_000;

/** Sends what campaigns have launched: builds audiences, hands messages over, settles, and takes over from the dead. */
export const deliveryLoop: Loop = { name: 'delivery', start: startDelivery };

function startDelivery(deps: Deps): RunningLoop {
  const { database, env, now, log, channel } = deps;
  let running: RunningLoop | undefined;
  let stopped = false;
  const start = async () => {
    const [urls, box] = await Promise.all([openTracking(deps), openSecretBox(deps)]);
    if (stopped) return;
    const engine: EngineDeps = {
      ...{ database, log: log.child({ loop: 'delivery' }), now, channel, urls },
      oneClick: env.publicUrl.startsWith('https:'),
      openSender: (sender) => openSender(sender, { env, box, now }),
      tellPaused: pauseNotice(deps),
    };
    running = startEngine(engine, { ...defaultEngineOptions, leaseMs: env.LEASE_MS });
  };
  const started = retryStart(start, () => stopped, deps);
  return {
    async stop() {
      stopped = true;
      await started;
      await running?.stop();
    },
  };
}

/** Starts the engine's loops: one for campaigns, one for transactional messages, one that watches the signs of life of others. */
export function startEngine(deps: EngineDeps, options: EngineOptions = defaultEngineOptions): RunningLoop {
  const stopping = new AbortController();
  const abandoned = new AbortController();
  const engine = makeEngine(deps, options, { stopping: stopping.signal, abandoned: abandoned.signal });
  const plan = scheduler(engine);
  const work = poll(deps, { name: 'delivery', idleMs: options.pollMs, work: (signal) => plan.round(signal) });
  const messages = transactionalWork(engine);
  const transactional = poll(deps, {
    name: 'transactional',
    idleMs: Math.min(200, options.pollMs),
    work: (signal) => messages.round(signal),
  });
  const watch = poll(deps, {
    name: 'delivery-reaper',
    idleMs: Math.max(50, options.leaseMs / 3),
    work: async () => {
      await plan.reap();
      await messages.reap();
      return false;
    },
  });
  return {
    async stop() {
      stopping.abort();
      const timer = setTimeout(() => abandoned.abort(), graceMs);
      await Promise.all([work.stop(), transactional.stop(), watch.stop()]);
      await Promise.all([plan.idle(), messages.idle()]);
      await engine.closeRoutes();
      clearTimeout(timer);
    },
  };
}

/** A database that is away at the start is waited for. */
async function retryStart(start: () => Promise<void>, stopped: () => boolean, { log }: Pick<Deps, 'log'>) {
  while (!stopped()) {
    try {
      return await start();
    } catch (error) {
      log.error({ err: error }, 'sending can not start yet');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}
