import { z } from 'zod';

const limit = z.number().int().min(1).max(1_000_000).nullable();

/** How many messages a sender may be given in a second, a minute and an hour of the clock; null for as many as there are. */
export const throttleSchema = z.strictObject({ perSecond: limit, perMinute: limit, perHour: limit });
export type Throttle = z.infer<typeof throttleSchema>;

export const noThrottle: Throttle = { perSecond: null, perMinute: null, perHour: null };

/** The windows of a throttle, the shortest first, with their length in ms. */
export const throttleWindows = [
  { limit: 'perSecond', ms: 1_000 },
  { limit: 'perMinute', ms: 60_000 },
  { limit: 'perHour', ms: 3_600_000 },
] as const satisfies readonly { limit: keyof Throttle; ms: number }[];

/** Whether a throttle holds anything back. */
export const isThrottled = (throttle: Throttle): boolean =>
  throttleWindows.some(({ limit: name }) => throttle[name] !== null);
