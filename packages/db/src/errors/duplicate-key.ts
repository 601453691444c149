import { MongoServerError } from 'mongodb';

/** Whether a write was refused because a unique index has its key already. */
export const isDuplicateKey = (error: unknown): boolean => error instanceof MongoServerError && error.code === 11000;
