import { mkdir } from 'node:fs/promises';
import type { DryMongoBinaryOptions } from 'mongodb-memory-server-core/lib/util/DryMongoBinary.js';
import type { MongodSource } from './find-mongod.ts';
import { mongodVersion } from './installed-mongod.ts';

/** How long MongoDB's download site may take to answer before the next source is tried. */
const reachableWithinMs = 3_000;

/** MongoDB's own download for this operating system. */
export const downloadedMongod: MongodSource = async (folder, say) => {
  // Without this the downloader tries again for minutes on a machine that can't reach the site.
  process.env.MONGOMS_MAX_RETRIES ??= '1';
  try {
    const { MongoBinary, DryMongoBinary } = await import('mongodb-memory-server-core');
    await mkdir(folder, { recursive: true });
    const options = await DryMongoBinary.generateOptions({ downloadDir: folder });
    const unreachable = await whyUnreachable(options);
    if (unreachable) return { missing: `MongoDB's download site can't be reached (${unreachable})` };
    say(`Database: downloading mongod ${options.version}, once for this machine ...`);
    const path = await MongoBinary.getPath({ downloadDir: folder, version: options.version });
    if ((await mongodVersion(path)) === undefined) return { missing: 'the downloaded mongod does not run here' };
    return { path };
  } catch (error) {
    return { missing: `MongoDB's download failed (${error instanceof Error ? error.message : String(error)})` };
  }
};

async function whyUnreachable(options: DryMongoBinaryOptions): Promise<string | undefined> {
  // A proxy is the downloader's business: Node's fetch knows none, and would call a reachable site unreachable.
  const { env } = process;
  if (env.HTTPS_PROXY || env.https_proxy || env.HTTP_PROXY || env.http_proxy) return undefined;
  const { MongoBinaryDownloadUrl } = await import('mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js');
  const url = await new MongoBinaryDownloadUrl({
    platform: process.platform,
    arch: process.arch,
    ...options,
  }).getDownloadUrl();
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(reachableWithinMs) });
    return response.ok ? undefined : `it answered ${response.status}`;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error ? cause.message : 'no answer within three seconds';
  }
}
