import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { PlainError } from './plain-error.mjs';
import { inRoot } from './root.mjs';

/** Whether the server's code runs from `src` (under tsx and the condition `source`) instead of from `dist`. */
const fromSource = () => process.argv.includes('--from-source');

/** The file of a module of the server's code, written without its folder and extension: `('apps/server', 'api')`. */
export const serverFile = (folder, name) => (fromSource() ? `${folder}/src/${name}.ts` : `${folder}/dist/${name}.js`);

/** The arguments that run a module of the server's code with Node. */
export const serverArgs = (folder, name) => [
  ...(fromSource() ? ['--conditions=source', '--import', 'tsx'] : []),
  serverFile(folder, name),
];

/** Imports a module of the server's code. */
export async function importServerCode(folder, name) {
  const file = inRoot(serverFile(folder, name));
  if (!existsSync(file)) throw new PlainError('Mini CRM is not built yet. Run `npm start` once.');
  return import(pathToFileURL(file).href);
}
