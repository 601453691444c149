import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { runCommand } from './run-command.ts';

/** Whether a process with this id runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process answers "not permitted", and runs.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a process, or an empty text: a process id alone may have been given to another program. */
export async function commandLineOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const raw = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return raw.replaceAll('\0', ' ').trim();
  }
  if (process.platform === 'win32') return '';
  return (await runCommand('ps', ['-o', 'command=', '-p', String(pid)], 5_000)).output;
}

/** Ends a process: asks, waits, then kills. */
export async function endProcess(pid: number, patienceMs: number): Promise<void> {
  if (!signal(pid, 'SIGTERM')) return;
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    if (!isRunning(pid)) return;
    await wait(50);
  }
  signal(pid, 'SIGKILL');
  while (isRunning(pid) && Date.now() < deadline + 5_000) await wait(50);
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
