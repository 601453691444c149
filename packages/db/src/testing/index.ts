export { type TestDatabase, testDatabase, testMongoUri } from './test-database.ts';
