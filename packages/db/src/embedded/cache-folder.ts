import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The per-user folder for what is fetched once and used by every clone: the embedded mongod and the tests' browser.
 * Follows the platform's custom (XDG_CACHE_HOME, Library/Caches, LOCALAPPDATA).
 */
export function cacheFolder(): string {
  const { env, platform } = process;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'mini-crm');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'mini-crm');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'mini-crm');
  return join(homedir(), '.cache', 'mini-crm');
}
