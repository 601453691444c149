export { type HandColumns, type HandWritten, type SideBySide, timeSideBySide } from './hand-written-sql.ts';
export { type TestDatabase, testDatabase, testMongoUri } from './test-database.ts';
