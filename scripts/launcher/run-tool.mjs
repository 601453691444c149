import { spawn } from 'node:child_process';
import { root } from './root.mjs';

const running = new Set();

/** Ends the programs that still run: the launcher is leaving. */
export function endTools() {
  for (const child of running) child.kill('SIGTERM');
}

/** Runs a program to its end and keeps what it writes, unless `show` passes it on. Never throws. */
export function runTool(file, args, { env = {}, show = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      // npm and npx are batch files there.
      shell: process.platform === 'win32',
    });
    running.add(child);
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
