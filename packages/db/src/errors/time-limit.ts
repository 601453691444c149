import { MongoServerError } from 'mongodb';

/** Whether MongoDB stopped a read because it took longer than its `maxTimeMS`. */
export const isTimeLimit = (error: unknown): boolean => error instanceof MongoServerError && error.code === 50;
