import { spawn } from 'node:child_process';
import { root } from './root.mjs';

const running = new Set();

/** Ends the programs that still run, and what they have started: the launcher is leaving. */
export function endTools() {
  for (const child of running) {
    try {
      process.kill(ownGroup ? -child.pid : child.pid, 'SIGTERM');
    } catch {
      // It has just ended by itself.
    }
  }
}

const ownGroup = process.platform !== 'win32';
process.on('exit', endTools);

/** Runs a program to its end and keeps what it writes, unless `show` passes it on. Never throws. */
export function runTool(file, args, { env = {}, show = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...(show || process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      detached: ownGroup && !show,
      // npm and npx are batch files there.
      shell: process.platform === 'win32',
    });
    if (!show) running.add(child);
    child.once('close', () => running.delete(child));
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
