import { resolve } from 'node:path';
import { PlainError } from './plain-error.mjs';
import { checkNode, loadSettings } from './settings.mjs';

/**
 * Reads a command's arguments and the settings. A name of `file` is a path from where the person typed the command.
 * @throws {PlainError} with the usage when an argument is missing or unknown.
 */
export function commandLine(usage, names, flags = []) {
  checkNode();
  loadSettings();
  const args = process.argv.slice(2).filter((arg) => !/^--(settings=|from-source$)/.test(arg));
  const given = args.filter((arg) => !arg.startsWith('--'));
  const options = args.filter((arg) => arg.startsWith('--')).map((arg) => arg.slice(2));
  const unknown = options.find((option) => !flags.includes(option));
  if (given.length !== names.length || unknown) throw new PlainError(`Usage: ${usage}`);
  const from = process.env.INIT_CWD ?? process.cwd();
  return {
    ...Object.fromEntries(
      names.map((name, index) => [name, name === 'file' ? resolve(from, given[index]) : given[index]]),
    ),
    ...Object.fromEntries(flags.map((flag) => [flag, options.includes(flag)])),
  };
}

/** A table of names and numbers, without those that are nothing. */
export function summary(counts) {
  const rows = [...counts].filter(([, count]) => count > 0);
  return rows.map(([name, count]) => `  ${count.toLocaleString('en').padStart(12)}  ${name}`).join('\n') || '  nothing';
}
