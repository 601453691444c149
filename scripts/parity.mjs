// `npm run parity -- [arguments]`: random rules over an awkward corpus, every reader against the evaluator, for as long
// as the arguments say. The same suite runs briefly in `npm test`.
import { run } from './launcher/plain-error.mjs';
import { inRoot } from './launcher/root.mjs';
import { runTool } from './launcher/run-tool.mjs';
import { install } from './launcher/set-up.mjs';
import { checkNode } from './launcher/settings.mjs';
import { stopOnSignals } from './launcher/signals.mjs';
import { withMongod } from './launcher/temporary-mongod.mjs';

await run(async () => {
  checkNode();
  stopOnSignals(console.log);
  await install(console.log);
  const file = inRoot('packages/db/src/segments/parity.ts');
  const args = ['--conditions=source', '--import', 'tsx', file, ...process.argv.slice(2)];
  process.exitCode = await withMongod(async (uri) => {
    const { code } = await runTool(process.execPath, args, { show: true, env: { MONGODB_URI: uri } });
    return code;
  });
});
