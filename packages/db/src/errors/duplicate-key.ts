import { MongoServerError } from 'mongodb';

/** Whether a write was refused because a unique index has its key already. */
export const isDuplicateKey = (error: unknown): error is MongoServerError =>
  error instanceof MongoServerError && error.code === 11000;
