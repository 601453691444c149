import { open } from 'node:fs/promises';

const tailBytes = 64_000;

/** Why a mongod ended, from the end of its log: a message for the person who started it. */
export async function explainExit(logFile: string): Promise<string> {
  const lines = (await tail(logFile)).split('\n').filter((line) => line.trim() !== '');
  const reasons = lines.map(reasonIn).filter((reason) => reason !== undefined);
  const text = (reasons.length > 0 ? reasons : lines).slice(-4).join('\n  ');
  const upgrade = /featureCompatibilityVersion|UPGRADE PROBLEM/i.test(text)
    ? '\nThe data was written by another version of MongoDB: start that version once and run `npm run backup`, then `npm run restore` here.'
    : '';
  return `The embedded MongoDB stopped:\n  ${text || 'it wrote nothing'}${upgrade}\nIts whole log is ${logFile}`;
}

/** MongoDB logs a JSON object a line; what it says before logging starts is plain text. */
function reasonIn(line: string): string | undefined {
  try {
    const entry = JSON.parse(line) as { s?: string; msg?: string; attr?: { error?: unknown } };
    if (entry.s !== 'F' && entry.s !== 'E') return undefined;
    const error = entry.attr?.error;
    return error === undefined
      ? entry.msg
      : `${entry.msg}: ${typeof error === 'string' ? error : JSON.stringify(error)}`;
  } catch {
    return line;
  }
}

async function tail(file: string): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, tailBytes);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}
