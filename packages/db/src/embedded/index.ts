export { cacheFolder } from './cache-folder.ts';
export { type DataLock, type DataOwner, dataOwner, lockData } from './data-lock.ts';
export { findMongod, type Say } from './find-mongod.ts';
export { freePort } from './free-port.ts';
export { type EmbeddedMongod, type EmbeddedMongodOptions, startEmbeddedMongod } from './start-mongod.ts';
