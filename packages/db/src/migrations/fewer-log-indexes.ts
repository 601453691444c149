import type { Migration } from './migrations.ts';

// What each of these gave is given by another index now, see delivery/delivery-indexes.ts.
const dropped = [
  'orgId_1_at_-1__id_-1',
  'orgId_1_state_1_at_-1__id_-1',
  'orgId_1_campaignId_1_at_-1__id_-1',
  'orgId_1_foldedAddress_1_at_-1__id_-1',
];

/** Takes away the indexes of the log that nothing reads any more: each costs every message that is sent. */
export const fewerLogIndexes: Migration = {
  version: 5,
  name: 'fewer indexes of the log',
  async up(db) {
    const deliveries = db.collection('deliveries');
    const there = await deliveries.indexes().catch(() => []);
    for (const { name } of there) {
      if (name && dropped.includes(name)) await deliveries.dropIndex(name);
    }
  },
};
