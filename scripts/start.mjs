// `npm start`: from a fresh clone to a running app. Plain Node: nothing is installed when it begins.
import { startApp } from './launcher/app.mjs';
import { checkPort } from './launcher/check-port.mjs';
import { run } from './launcher/plain-error.mjs';
import { serverArgs } from './launcher/server-code.mjs';
import { build, install } from './launcher/set-up.mjs';
import {
  checkNode,
  checkSettings,
  loadSettings,
  port as portSetting,
  publicUrl,
  workers as workersSetting,
} from './launcher/settings.mjs';
import { stopOnSignals } from './launcher/signals.mjs';

await run(async () => {
  const began = Date.now();
  checkNode();
  loadSettings();
  process.env.NODE_ENV = 'production';
  const port = portSetting();
  const workers = workersSetting();
  await checkPort(port, process.env.HOST);
  const say = (line) => console.log(line);
  const signals = stopOnSignals(say);
  if (!process.argv.includes('--no-setup')) {
    await install(say);
    await build(say);
  }
  await checkSettings();
  const app = startApp({
    port,
    commands: { API: serverArgs('apps/server', 'api'), ...workerCommands(workers) },
    env: { WORKERS: String(workers) },
    say,
    gaveUp: signals.giveUp,
  });
  signals.whenStopping(app.stop);
  try {
    welcome(port, await app.ready, (Date.now() - began) / 1000);
  } catch (error) {
    await app.stop();
    throw error;
  }
});

/** The first is the worker; others are numbered. */
function workerCommands(count) {
  const args = serverArgs('apps/server', 'worker');
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [i === 0 ? 'Worker' : `Worker-${i + 1}`, args]));
}

function welcome(port, app, seconds) {
  if (!app) return;
  const mail = process.env.SMTP_URL
    ? 'Mail goes out through the SMTP server in SMTP_URL.'
    : 'No SMTP server is configured (SMTP_URL): mails are kept in an outbox that you read in the app.';
  console.log(
    [
      '',
      `  Mini CRM runs at ${publicUrl(port)}   (ready after ${seconds.toFixed(1)} s)`,
      '',
      '  Open it in a browser and sign up; a button there fills in example data.',
      `  ${mail}`,
      `  Logs are in ${app.logs}. Press Ctrl-C to stop.`,
      '',
    ].join('\n'),
  );
}
