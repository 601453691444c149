import { type SenderId, type Throttle, throttleWindows } from '@mini-crm/domain';
import type { Document } from 'mongodb';
import type { Bound } from '../organization/bound.ts';
import type { SenderUseDocument, WindowUse } from './sender.model.ts';

/** What a reservation got. */
export interface Reservation {
  readonly allowed: number;
  /** Ms until there can be more; 0 where all was granted. */
  readonly waitMs: number;
  /** The windows that it was counted in, by which it can be given back. */
  readonly windows: Pick<SenderUseDocument, 'perSecond' | 'perMinute' | 'perHour'>;
}

/**
 * Counts what throttled senders are given in each second, minute and hour of the clock: the database's own clock, and one
 * conditional update for each reservation, so that all workers together stay within the limit whatever their clocks say.
 */
export function throttleRepository(uses: Bound<SenderUseDocument>) {
  return {
    /** Reserves up to `wanted` messages: as many as no window forbids, at least none. */
    async reserve(id: SenderId, throttle: Throttle, wanted: number): Promise<Reservation> {
      const options = { upsert: true, returnDocument: 'after' } as const;
      const take = () => uses.findOneAndUpdate({ _id: id }, reservation(throttle, wanted), options);
      // Two first reservations at once: one of them finds the other's document when it tries again.
      const use = await take().catch((error) => (error.code === 11_000 ? take() : Promise.reject(error)));
      if (!use) throw new Error(`nothing was counted for ${id}`);
      const { perSecond, perMinute, perHour, granted, askedAt } = use;
      return {
        allowed: granted,
        waitMs: granted < wanted ? waitOf(throttle, use, askedAt) : 0,
        windows: { perSecond, perMinute, perHour },
      };
    },
    /** Gives back messages that were reserved and not sent, in the windows that still are. */
    async giveBack(id: SenderId, { windows }: Reservation, unused: number): Promise<void> {
      if (unused <= 0) return;
      const less = Object.fromEntries(
        throttleWindows.map(({ limit }) => [
          limit,
          {
            $cond: [
              { $eq: [`$${limit}.at`, windows[limit].at] },
              { at: `$${limit}.at`, used: { $max: [0, { $subtract: [`$${limit}.used`, unused] }] } },
              `$${limit}`,
            ],
          },
        ]),
      );
      await uses.updateOne({ _id: id }, [{ $set: less }]);
    },
  };
}

export type ThrottleRepository = ReturnType<typeof throttleRepository>;

/** Begins the windows anew whose time is over, then takes what the narrowest one leaves. */
function reservation(throttle: Throttle, wanted: number): Document[] {
  const begun = Object.fromEntries(
    throttleWindows.map(({ limit, ms }) => {
      const start = { $subtract: ['$$NOW', { $mod: [{ $toLong: '$$NOW' }, ms] }] };
      // An update may be overtaken by one that began later: no window that is over begins again.
      const at = { $max: [`$${limit}.at`, start] };
      return [limit, { at, used: { $cond: [{ $eq: [`$${limit}.at`, at] }, `$${limit}.used`, 0] } }];
    }),
  );
  const left = throttleWindows.flatMap(({ limit }) => {
    const most = throttle[limit];
    return most === null ? [] : [{ $subtract: [most, `$${limit}.used`] }];
  });
  const counted = Object.fromEntries(
    throttleWindows.map(({ limit }) => [`${limit}.used`, { $add: [`$${limit}.used`, '$granted'] }]),
  );
  return [
    { $set: begun },
    { $set: { granted: { $max: [0, { $min: [wanted, ...left] }] }, askedAt: '$$NOW' } },
    { $set: counted },
  ];
}

/** Until the last of the windows that are full is over. */
function waitOf(throttle: Throttle, use: Record<keyof Throttle, WindowUse>, now: Date): number {
  const waits = throttleWindows.flatMap(({ limit, ms }) => {
    const most = throttle[limit];
    if (most === null || use[limit].used < most) return [];
    return [use[limit].at.getTime() + ms - now.getTime()];
  });
  return Math.max(1, ...waits);
}
