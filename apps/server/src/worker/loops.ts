import { campaignScheduleLoop } from '../campaigns/campaign-schedule.loop.ts';
import { deliveryLoop } from '../delivery/delivery.loop.ts';
import { importLoops } from '../imports/import.loop.ts';
import { retentionLoop } from '../messages/retention.loop.ts';
import { listFillingLoop } from '../segments/list-filling.loop.ts';
import { segmentHistoryLoop } from '../segments/segment-history.loop.ts';
import type { Loop } from './loop.ts';

/** What a worker does, a line a feature. */
export const loops: readonly Loop[] = [
  campaignScheduleLoop,
  deliveryLoop,
  ...importLoops,
  listFillingLoop,
  segmentHistoryLoop,
  retentionLoop,
];
