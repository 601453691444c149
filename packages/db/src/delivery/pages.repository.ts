import {
  type CampaignId,
  type CustomerId,
  deliveryStates,
  emptyCounts,
  type PageCounts,
  pageSequence,
  type RunId,
} from '@mini-crm/domain';
import type { ClientSession, Filter } from 'mongodb';
import type { Bound, Unowned } from '../organization/bound.ts';
import type { Again, PageDocument } from './page.model.ts';

/** A page that nobody has touched. */
export interface NewPage {
  readonly id: string;
  readonly runId: RunId;
  readonly campaignId: CampaignId;
  readonly customerIds: readonly CustomerId[];
  readonly parent: string | null;
  readonly attempt: number;
  /** The zone in which all of its recipients live, where that decides when they are due. */
  readonly zone?: string;
  /** Nobody gets a message: the time had passed in their zone. */
  readonly passed?: boolean;
  readonly dueAt: Date;
  readonly again?: Again;
}

/** Who holds a page and since which sign of life, as the reaper watches it. */
export interface PageHold {
  readonly id: string;
  readonly token: string;
  readonly beat: number;
}

/** The pages of one organization's runs. Every change of a claimed page names its holder's token: no match means that the page was taken away. */
export function pagesRepository(pages: Bound<PageDocument>) {
  const held = (id: string, token: string): Filter<Unowned<PageDocument>> => ({ _id: id, token, state: 'claimed' });

  return {
    get: (id: string, session?: ClientSession) => pages.get(id, session ? { session } : {}),

    /** Writes new pages. */
    async insertMany(next: readonly NewPage[], session: ClientSession): Promise<void> {
      await pages.insertMany(next.map(toDocument), { session });
    },

    /** Where the builder of a run stands; null before its first page. */
    async lastBuilt(runId: RunId): Promise<{ sequence: number; customerId: CustomerId } | null> {
      const last = await pages.findOne({ runId, parent: null }, { sort: { _id: -1 } });
      const customerId = last?.customerIds.at(-1);
      return last && customerId ? { sequence: pageSequence(last._id), customerId } : null;
    },

    /** How many people are in the pages that the builder wrote. */
    async builtRecipients(runId: RunId, session?: ClientSession): Promise<number> {
      const [sum] = await pages
        .aggregate<{ count: number }>(
          [{ $match: { runId, parent: null } }, { $group: { _id: null, count: { $sum: { $size: '$customerIds' } } } }],
          session ? { session } : {},
        )
        .toArray();
      return sum?.count ?? 0;
    },

    /** Takes the page of a run that is due the longest; null where none is. */
    claim(runId: RunId, token: string, now: Date): Promise<PageDocument | null> {
      return pages.findOneAndUpdate(
        { runId, state: 'ready', dueAt: { $lte: now } },
        { $set: { state: 'claimed', token }, $inc: { beat: 1 } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      );
    },

    /** Takes any page of a run that nobody holds, due or not. */
    claimAny(runId: RunId, token: string): Promise<PageDocument | null> {
      return pages.findOneAndUpdate(
        { runId, state: 'ready' },
        { $set: { state: 'claimed', token }, $inc: { beat: 1 } },
        { returnDocument: 'after' },
      );
    },

    /** Moves the mark over the group that goes out next, to the receiver `via`. May be repeated when its answer was lost. False where the page was taken away. */
    async advance(id: string, token: string, from: number, to: number, via: string | null): Promise<boolean> {
      const done = await pages.updateOne(
        { ...held(id, token), settled: from, mark: { $in: [from, to] } },
        { $set: { mark: to, via }, $inc: { beat: 1 } },
        { writeConcern: { w: 'majority' } },
      );
      return done.matchedCount === 1;
    },

    /** Says that the holder lives. False where the page was taken away. */
    async beat(id: string, token: string, session?: ClientSession): Promise<boolean> {
      const done = await pages.updateOne(held(id, token), { $inc: { beat: 1 } }, session ? { session } : {});
      return done.matchedCount === 1;
    },

    /**
     * Moves `settled` over a group whose outcomes are written, before or in the same transaction; ends the page behind its
     * last recipient. False where the page was taken away or the group is settled.
     */
    async settle(
      page: Pick<PageDocument, '_id' | 'customerIds'>,
      token: string,
      group: { readonly from: number; readonly to: number },
      counts: PageCounts,
      session?: ClientSession,
    ): Promise<boolean> {
      const end = group.to === page.customerIds.length;
      const done = await pages.updateOne(
        { ...held(page._id, token), settled: group.from },
        {
          $set: { settled: group.to, mark: group.to, ...(end ? { state: 'done', token: null } : {}) },
          $inc: { beat: 1, ...increments(counts) },
        },
        session ? { session } : { writeConcern: { w: 'majority' } },
      );
      return done.matchedCount === 1;
    },

    /** Puts a page back whose group surely did not go out: its mark returns to what is settled. Due at once unless `dueAt` is given. One that may have gone out says how it goes `again`. */
    async release(id: string, token: string, dueAt?: Date, again?: Again): Promise<boolean> {
      const done = await pages.updateOne(held(id, token), [
        {
          $set: {
            state: 'ready',
            token: null,
            mark: '$settled',
            ...(dueAt ? { dueAt } : {}),
            ...(again ? { again: { $literal: again } } : {}),
          },
        },
      ]);
      return done.matchedCount === 1;
    },

    /** The pages of a run that somebody holds. */
    async held(runId: RunId): Promise<PageHold[]> {
      const found = await pages
        .find({ runId, state: 'claimed' }, { projection: { token: 1, beat: 1 } })
        .limit(1_000)
        .toArray();
      return found.map(({ _id, token, beat }) => ({ id: _id, token: token ?? '', beat }));
    },

    /** Takes a page from a holder that gave no sign of life since `hold`; null where it did. */
    takeOver(hold: PageHold, token: string): Promise<PageDocument | null> {
      return pages.findOneAndUpdate(
        { ...held(hold.id, hold.token), beat: hold.beat },
        { $set: { token }, $inc: { beat: 1 } },
        { returnDocument: 'after' },
      );
    },

    /** Moves one recipient of a page from one count to another. */
    async recount(id: string, from: keyof PageCounts, to: keyof PageCounts, session: ClientSession): Promise<void> {
      await pages.updateOne({ _id: id }, { $inc: { [`counts.${from}`]: -1, [`counts.${to}`]: 1 } }, { session });
    },

    /** Whether anybody in the pages of a run is without an outcome. */
    async anyOpen(runId: RunId): Promise<boolean> {
      return (
        (await pages.findOne({ runId, state: { $in: ['ready', 'claimed'] } }, { projection: { _id: 1 } })) !== null
      );
    },

    /** When the next page of a run is due, which attempt it is and where its people live; null where none waits. */
    async nextDue(runId: RunId): Promise<{ dueAt: Date; attempt: number; zone: string | null } | null> {
      const projection = { dueAt: 1, attempt: 1, zone: 1 };
      const next = await pages.findOne({ runId, state: 'ready' }, { sort: { dueAt: 1 }, projection });
      return next && { dueAt: next.dueAt, attempt: next.attempt, zone: next.zone ?? null };
    },

    /** How many recipients of a run ended in each state. */
    async counts(runId: RunId): Promise<PageCounts> {
      const sums = Object.fromEntries(deliveryStates.map((state) => [state, { $sum: `$counts.${state}` }]));
      const [found] = await pages
        .aggregate<PageCounts & { _id: null }>([{ $match: { runId } }, { $group: { _id: null, ...sums } }])
        .toArray();
      if (!found) return emptyCounts;
      const { _id, ...counts } = found;
      return counts;
    },
  };
}

export type PagesRepository = ReturnType<typeof pagesRepository>;

const increments = (counts: PageCounts) =>
  Object.fromEntries(deliveryStates.map((state) => [`counts.${state}`, counts[state]]));

function toDocument({ id, customerIds, ...rest }: NewPage): Unowned<PageDocument> {
  return {
    _id: id,
    ...rest,
    customerIds: [...customerIds],
    state: 'ready',
    token: null,
    beat: 0,
    mark: 0,
    settled: 0,
    counts: { ...emptyCounts },
  };
}
