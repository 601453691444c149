import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './root.mjs';

/**
 * What a run of Vitest comes to, from its JSON report: `{ passed, failures, skipped }`, the last two as lists of texts.
 * A file that could not be run is one failure, and so is a run that ended badly although no test failed.
 */
export function countsOf(json, exitCode, name) {
  if (json === '')
    return { passed: 0, failures: [`${name}: Vitest ended with code ${exitCode} and no report`], skipped: [] };
  const files = JSON.parse(json).testResults;
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
  const failures = tests
    .filter((test) => test.status === 'failed')
    .map((test) => `${relative(root, test.file)}: ${test.fullName}\n${readable(test.failureMessages)}`);
  for (const file of files) {
    const told = file.assertionResults.some((test) => test.status === 'failed');
    if (file.status === 'failed' && !told) failures.push(`${relative(root, file.name)}\n${readable([file.message])}`);
  }
  if (exitCode !== 0 && failures.length === 0) failures.push(`${name}: an error outside of any test, see above`);
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failures,
    skipped: tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName),
  };
}

/** The message and our own lines of the stack. */
function readable(messages) {
  const text = stripVTControlCharacters(messages.join('\n'));
  const lines = text
    .split('\n')
    .filter((line) => !/^\s+at .*(node_modules|node:internal)|STACK_TRACE_ERROR/.test(line));
  return lines.slice(0, 40).join('\n').replaceAll(`${root}/`, '').trimEnd();
}
