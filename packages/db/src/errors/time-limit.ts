import { MongoServerError } from 'mongodb';
import { QuestionTooLong } from '../engine/question-errors.ts';

/** Whether MongoDB or the columns stopped a read because it took longer than it may. */
export const isTimeLimit = (error: unknown): boolean =>
  error instanceof QuestionTooLong || (error instanceof MongoServerError && error.code === 50);
