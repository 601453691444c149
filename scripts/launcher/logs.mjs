import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const largestBytes = 20_000_000;
const levels = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warning', 50: 'error', 60: 'fatal' };

/**
 * What happens to the lines that the app's processes write. Everything goes to a file in the data folder; the terminal
 * shows warnings and errors for a reader, or, with LOG_FORMAT=json, every line as it is for a log collector.
 */
export function openLogs(dataDir) {
  const folder = join(dataDir, 'logs');
  mkdirSync(folder, { recursive: true });
  const json = process.env.LOG_FORMAT === 'json';
  return {
    folder,
    lineOf(name) {
      const file = join(folder, `${name}.log`);
      keepShort(file);
      return (line) => {
        if (json) return void process.stdout.write(`${line}\n`);
        appendFileSync(file, `${line}\n`);
        const readable = forReader(name, line);
        if (readable) console.log(readable);
      };
    },
  };
}

/** What an error in a structured log says, or undefined when the line is something else. */
export function severeReason(line) {
  const entry = parse(line);
  return entry && entry.level >= 50 ? described(entry) : undefined;
}

function forReader(name, line) {
  const entry = parse(line);
  if (!entry) return `${name}: ${line}`;
  if (!(entry.level >= 40)) return undefined;
  const time = new Date(entry.time ?? Date.now()).toLocaleTimeString();
  return `${time} ${name} ${levels[entry.level] ?? entry.level}: ${described(entry)}`;
}

function described(entry) {
  const error = entry.err?.message;
  return error && error !== entry.msg ? `${entry.msg ?? ''} (${error})` : (entry.msg ?? '');
}

function parse(line) {
  try {
    const entry = JSON.parse(line);
    return typeof entry === 'object' ? entry : undefined;
  } catch {
    return undefined;
  }
}

function keepShort(file) {
  try {
    if (statSync(file).size > largestBytes) renameSync(file, `${file}.old`);
  } catch {
    // There is no log yet.
  }
}
