import { MongoError, MongoNetworkError, MongoServerSelectionError } from 'mongodb';

// A cursor that the server closed or lost, such as behind a restart: the question can be asked anew.
const lostCursors: readonly unknown[] = [43, 237];

/** Whether an error of the database may pass by waiting: the server is gone, starting, or stepping down. */
export function isPassingFault(error: unknown): boolean {
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true;
  if (!(error instanceof MongoError)) return false;
  if (lostCursors.includes(error.code)) return true;
  const labels = ['RetryableWriteError', 'TransientTransactionError', 'UnknownTransactionCommitResult', 'ResetPool'];
  if (labels.some((label) => error.hasErrorLabel(label))) return true;
  return /Topology|PoolCleared|NotPrimary|shutdown|interrupted/i.test(`${error.name} ${error.message}`);
}
