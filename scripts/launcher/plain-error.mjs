/** A failure whose message is all that a person needs: it is shown without a stack. */
export class PlainError extends Error {}

/** Runs a command's main function; a failure ends the process with its message and exit code 1. */
export async function run(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof PlainError ? `\n${error.message}\n` : error);
    process.exit(1);
  }
}
