// `pnpm dev`: the app from source, reloading on both sides: the server's processes start anew, the browser is updated.
import { watch } from 'node:fs';
import { startApp } from './launcher/app.mjs';
import { checkPort } from './launcher/check-port.mjs';
import { spawnChild } from './launcher/child.mjs';
import { run } from './launcher/plain-error.mjs';
import { inRoot } from './launcher/root.mjs';
import { install } from './launcher/set-up.mjs';
import { checkNode, checkSettings, loadSettings, port as portSetting } from './launcher/settings.mjs';
import { stopOnSignals } from './launcher/signals.mjs';

const together = 150;
const serverSources = ['packages/domain/src', 'packages/db/src', 'apps/server/src'];

// Set before the modules that ask for it are used: everything of ours runs from `src`.
process.argv.push('--from-source');

await run(async () => {
  checkNode();
  loadSettings();
  process.env.NODE_ENV = 'development';
  const port = portSetting();
  const webPort = Number(process.env.WEB_PORT || 5173);
  const webUrl = `http://localhost:${webPort}`;
  process.env.PUBLIC_URL ||= webUrl;
  await checkPort(port, process.env.HOST);
  await checkPort(webPort, '127.0.0.1');
  await install(console.log);
  const { register } = await import('tsx/esm/api');
  register();
  await checkSettings();
  const signals = stopOnSignals(console.log);
  const { serverArgs } = await import('./launcher/server-code.mjs');
  const app = startApp({
    port,
    commands: { API: serverArgs('apps/server', 'api'), Worker: serverArgs('apps/server', 'worker') },
    env: {},
    say: console.log,
    // Most likely somebody saved half a thought: the next save starts it again.
    gaveUp: (reason) => console.error(`\n${reason}\nWaiting for a change ...\n`),
  });
  const vite = spawnChild({
    args: ['node_modules/vite/bin/vite.js', '--clearScreen', 'false', '--logLevel', 'warn'],
    cwd: inRoot('apps/web'),
    env: { API_URL: `http://127.0.0.1:${port}`, WEB_PORT: String(webPort) },
    onLine: (line) => console.log(line),
  });
  signals.whenStopping(() => Promise.all([vite.stop(), app.stop()]));
  try {
    await app.ready;
  } catch (error) {
    await Promise.all([vite.stop(), app.stop()]);
    throw error;
  }
  restartOnChange(app);
  console.log(`\n  Mini CRM for developers runs at ${webUrl}  (API on port ${port}). Press Ctrl-C to stop.\n`);
});

function restartOnChange(app) {
  let timer;
  for (const folder of serverSources) {
    watch(inRoot(folder), { recursive: true }, (_event, file) => {
      if (!file || !/\.ts$/.test(file) || /\.(test|bench)\.ts$/.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        console.log(`  ${file} changed: API and worker start again.`);
        app.restart();
      }, together);
    });
  }
}
