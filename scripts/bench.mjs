// `npm run bench -- NAME [arguments]`: runs one benchmark on a MongoDB of its own. Without a name it lists them.
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PlainError, run } from './launcher/plain-error.mjs';
import { inRoot } from './launcher/root.mjs';
import { runTool } from './launcher/run-tool.mjs';
import { install } from './launcher/set-up.mjs';
import { checkNode } from './launcher/settings.mjs';
import { stopOnSignals } from './launcher/signals.mjs';
import { withMongod } from './launcher/temporary-mongod.mjs';

await run(async () => {
  checkNode();
  stopOnSignals(console.log);
  const [name, ...args] = process.argv.slice(2);
  const found = await benches();
  const file = found.get(name);
  if (!file) {
    const list = [...found.keys()].map((known) => `  npm run bench -- ${known}`).join('\n');
    throw new PlainError(`${name ? `There is no benchmark "${name}".` : 'Which benchmark?'} There are:\n${list}`);
  }
  await install(console.log);
  process.exitCode = await withMongod((uri) => bench(file, args, uri));
});

async function benches() {
  const found = new Map();
  for (const folder of ['packages/domain/src', 'packages/db/src', 'apps/server/src']) {
    for (const file of await readdir(inRoot(folder), { recursive: true })) {
      if (file.endsWith('.bench.ts')) found.set(basename(file, '.bench.ts'), join(folder, file));
    }
  }
  return found;
}

async function bench(file, args, uri) {
  const node = ['--expose-gc', '--conditions=source', '--import', 'tsx', inRoot(file), ...args];
  const { code } = await runTool(process.execPath, node, { show: true, env: { MONGODB_URI: uri } });
  return code;
}
