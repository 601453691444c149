/** The columns are not there, or not whole: MongoDB has to answer. */
export class ColumnsNotReady extends Error {}

/** Nobody waits for the answer any more. */
export class QuestionCancelled extends Error {}

/** The columns took longer than the question may take. */
export class QuestionTooLong extends Error {}
