import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { severeReason } from './logs.mjs';
import { root } from './root.mjs';

const stopWithinMs = 20_000;
const wordsKept = 30;

/**
 * Starts one of the app's own Node processes. It gets a process group of its own, so that Ctrl-C reaches the launcher
 * only, and the launcher's id, so that it leaves when the launcher is killed.
 */
export function spawnChild({ args, env, onLine, cwd = root }) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env, MINI_CRM_PARENT: String(process.pid) },
    // Vite leaves when its input ends: that is, when the launcher is gone.
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const words = [];
  const remember = (line) => {
    words.push(line);
    if (words.length > wordsKept) words.shift();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    const reason = severeReason(line);
    if (reason) remember(reason);
    onLine(line);
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    remember(line);
    onLine(line);
  });
  let code = null;
  const exited = new Promise((resolve) => {
    child.once('exit', (exitCode) => {
      code = exitCode;
      resolve();
    });
    child.once('error', (error) => {
      remember(error.message);
      resolve();
    });
  });
  return {
    pid: child.pid,
    exited,
    exitCode: () => code,
    lastWords: () => words.join('\n'),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const patience = new AbortController();
      await Promise.race([exited, wait(stopWithinMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
      patience.abort();
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}
