export { type HandColumns, type HandWritten, timeHandWritten } from './hand-written-sql.ts';
export { type TestDatabase, testDatabase, testMongoUri } from './test-database.ts';
