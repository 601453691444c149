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
    .map((test) => `${test.file}: ${test.fullName}\n${test.failureMessages.join('\n')}`);
  for (const file of files) {
    const told = file.assertionResults.some((test) => test.status === 'failed');
    if (file.status === 'failed' && !told) failures.push(`${file.name}\n${file.message}`);
  }
  if (exitCode !== 0 && failures.length === 0) failures.push(`${name}: an error outside of any test, see above`);
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failures,
    skipped: tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName),
  };
}
