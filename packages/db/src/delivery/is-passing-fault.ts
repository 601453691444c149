import { MongoBulkWriteError, MongoError, MongoNetworkError, MongoServerSelectionError } from 'mongodb';

// A cursor that the server closed or lost, such as behind a restart: the question can be asked anew.
const lostCursors: readonly unknown[] = [43, 237];
// The server is unreachable for its own members, steps down, shuts down or was interrupted by it. Bulks carry the code of an
// answer without its labels.
const away: readonly unknown[] = [6, 7, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436];

/** Whether an error of the database may pass by waiting: the server is gone, starting, or stepping down. */
export function isPassingFault(error: unknown): boolean {
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true;
  if (!(error instanceof MongoError)) return false;
  if (lostCursors.includes(error.code) || away.includes(error.code)) return true;
  if (error instanceof MongoBulkWriteError && away.includes(error.result.getWriteConcernError()?.code)) return true;
  const labels = ['RetryableWriteError', 'TransientTransactionError', 'UnknownTransactionCommitResult', 'ResetPool'];
  if (labels.some((label) => error.hasErrorLabel(label))) return true;
  return /Topology|PoolCleared|NotPrimary|shutdown|interrupted/i.test(`${error.name} ${error.message}`);
}
