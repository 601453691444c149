// `npm run build`: installs and builds what has changed, and starts nothing.
import { run } from './launcher/plain-error.mjs';
import { build, install } from './launcher/set-up.mjs';
import { checkNode } from './launcher/settings.mjs';
import { stopOnSignals } from './launcher/signals.mjs';

await run(async () => {
  checkNode();
  stopOnSignals(console.log);
  await install(console.log);
  await build(console.log);
});
