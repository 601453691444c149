import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { ThreadData } from './thread-messages.ts';

/** Starts the engine's thread, compiled or, where this module itself is source, from source. */
export function startThread(data: ThreadData): Worker {
  // Little of a load becomes objects; more room for those that do would only be kept.
  const resourceLimits = { maxYoungGenerationSizeMb: 24 };
  const options = { workerData: data, name: 'audience-engine', resourceLimits };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./engine-thread.js', import.meta.url), options);
  // A thread does not inherit the loader that lets Node run TypeScript.
  const loader = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs');
  const file = new URL('./engine-thread.ts', import.meta.url).href;
  const code = `import(${JSON.stringify(loader)}).then(({ register }) => (register(), import(${JSON.stringify(file)})));`;
  return new Worker(code, { ...options, eval: true, execArgv: ['--conditions=source'] });
}
