import { fingerprint, onlyWhenChanged } from './fingerprint.mjs';
import { PlainError } from './plain-error.mjs';
import { inRoot } from './root.mjs';
import { runTool } from './run-tool.mjs';

const packages = ['packages/domain', 'packages/db', 'apps/server', 'apps/web'];
const manifests = [
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  ...packages.map((p) => `${p}/package.json`),
];
const pnpm = 'pnpm@12.21.0';

/** Installs the dependencies, unless they are those of the lockfile already. */
export async function install(say) {
  await onlyWhenChanged(
    inRoot('node_modules', '.mini-crm-installed'),
    fingerprint(manifests, process.version),
    async () => {
      say('Installing dependencies (half a minute the first time) ...');
      // docs/decisions/0010: the age of a release is checked when a version is chosen, not when a lockfile is installed.
      const args = ['-y', pnpm, 'install', '--frozen-lockfile', '--config.minimumReleaseAge=0'];
      const { code, output } = await runTool('npx', args, { env: { CI: 'true' } });
      if (code !== 0) throw new PlainError(`Installing the dependencies failed:\n\n${output.trim()}`);
    },
  );
}

/** Compiles the server and builds the web app, each unless its sources are unchanged. */
export async function build(say) {
  const base = ['tsconfig.base.json', 'pnpm-lock.yaml'];
  const server = fingerprint([...base, 'packages', 'apps/server']);
  const web = fingerprint([
    ...base,
    'packages/domain',
    'apps/web/src',
    'apps/web/public',
    'apps/web/index.html',
    'apps/web/vite.config.ts',
    'apps/web/package.json',
  ]);
  let said = false;
  const once = () => {
    if (!said) say('Building ...');
    said = true;
  };
  await Promise.all([
    onlyWhenChanged(inRoot('apps/server/dist/.built'), server, () =>
      tool(once, 'tsc', ['-b', ...packages.slice(0, 3)]),
    ),
    onlyWhenChanged(inRoot('apps/web/dist/.built'), web, () =>
      tool(once, 'vite', ['build', '--logLevel', 'warn'], inRoot('apps/web')),
    ),
  ]);
}

async function tool(announce, name, args, cwd) {
  announce();
  const entry = { tsc: 'node_modules/typescript/bin/tsc', vite: 'apps/web/node_modules/vite/bin/vite.js' }[name];
  const { code, output } = await runTool(process.execPath, [inRoot(entry), ...args], {
    env: { NODE_ENV: 'production' },
    ...(cwd ? { cwd } : {}),
  });
  if (code !== 0) throw new PlainError(`Building failed (${name} ${args.join(' ')}):\n\n${output.trim()}`);
}
