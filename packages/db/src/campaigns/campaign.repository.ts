import {
  type Campaign,
  type CampaignChange,
  type CampaignDraft,
  type CampaignId,
  type CampaignState,
  fold,
  type SegmentId,
} from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
import type { Bound } from '../organization/bound.ts';
import { toCampaign } from './campaign.mapping.ts';
import type { CampaignDocument } from './campaign.model.ts';

export interface CampaignListQuery {
  readonly states?: readonly CampaignState[] | undefined;
  /** Part of the name, in any case. */
  readonly search?: string | undefined;
  /** The id of the last campaign of the page before. */
  readonly before?: CampaignId | undefined;
  readonly limit: number;
}

/** A campaign without the body of its message, which lists don't show. */
export type CampaignSummary = Omit<Campaign, 'content'> & { readonly subject: string };

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The campaigns of one organization. */
export function campaignsRepository(campaigns: Bound<CampaignDocument>) {
  return {
    /** Newest first, without the bodies. */
    async list({ states, search, before, limit }: CampaignListQuery): Promise<CampaignSummary[]> {
      const where = {
        ...(before ? { _id: { $lt: before } } : {}),
        ...(states && states.length > 0 ? { state: { $in: [...states] } } : {}),
        ...(search ? { foldedName: { $regex: literal(fold(search)) } } : {}),
      };
      const found = await campaigns
        .find(where, { projection: { 'content.mjml': 0, 'content.text': 0 } })
        .sort({ _id: -1 })
        .limit(limit)
        .toArray();
      return found.map((document) => {
        const { content, ...rest } = toCampaign(document);
        return { ...rest, subject: content.subject };
      });
    },

    /** How many campaigns are in each state. */
    async countByState(): Promise<Partial<Record<CampaignState, number>>> {
      const groups = await campaigns
        .aggregate<{ _id: CampaignState; count: number }>([{ $group: { _id: '$state', count: { $sum: 1 } } }])
        .toArray();
      return Object.fromEntries(groups.map(({ _id, count }) => [_id, count]));
    },

    async get(id: CampaignId, session?: ClientSession): Promise<Campaign | null> {
      const found = await campaigns.get(id, session ? { session } : {});
      return found && toCampaign(found);
    },

    /** The campaigns that send this one's message to those who did not get it, the first one first. */
    async again(id: CampaignId): Promise<Pick<Campaign, 'id' | 'name' | 'state' | 'again' | 'launchedAt'>[]> {
      const projection = { name: 1, state: 1, again: 1, launchedAt: 1 };
      const found = await campaigns
        .find({ 'again.campaignId': id } as object, { projection })
        .sort({ _id: 1 })
        .toArray();
      return found.map(({ _id, name, state, again, launchedAt }) => ({
        id: _id,
        name,
        state,
        launchedAt,
        ...(again ? { again } : {}),
      }));
    },

    /** Several campaigns by their ids, without the bodies; for the names in logs and timelines. */
    async names(ids: readonly CampaignId[]): Promise<Map<CampaignId, string>> {
      const found = await campaigns.find({ _id: { $in: [...ids] } }, { projection: { name: 1 } }).toArray();
      return new Map(found.map((document) => [document._id, document.name]));
    },

    /** The campaigns that were launched, the latest first: those whose messages rules can ask about. Read from the index alone. */
    async launched(): Promise<{ id: CampaignId; name: string }[]> {
      const found = await campaigns
        .find({ launchedAt: { $gt: new Date(0) } }, { projection: { _id: 1, name: 1 } })
        .sort({ launchedAt: -1, _id: 1 })
        .toArray();
      return found.map(({ _id, name }) => ({ id: _id, name }));
    },

    /** The names that begin as a name does, for the name of its copy. */
    async namesBeginningLike(name: string): Promise<string[]> {
      const beginning = fold(name.replace(/ copy( \d+)?$/, '').slice(0, 105));
      const found = await campaigns
        .find({ foldedName: { $regex: `^${literal(beginning)}` } }, { projection: { name: 1 } })
        .limit(1000)
        .toArray();
      return found.map((document) => document.name);
    },

    async insert(campaign: Campaign, options: { demo?: boolean; session?: ClientSession } = {}): Promise<void> {
      const { id, ...rest } = campaign;
      const demo = options.demo ? { demo: true } : {};
      await campaigns.insert({ _id: id, ...rest, foldedName: fold(campaign.name), ...demo }, options.session);
    },

    /** Writes a draft over the version that its author saw; null where that is no longer the stored one, or no draft. */
    async replace(id: CampaignId, version: number, draft: CampaignDraft, now: Date): Promise<Campaign | null> {
      const saved = await campaigns.findOneAndUpdate(
        { _id: id, version, state: 'draft' },
        { $set: { ...draft, foldedName: fold(draft.name), updatedAt: now }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      );
      return saved && toCampaign(saved);
    },

    /** Writes what the state machine decided, if the campaign still is as it was decided over; null where it is not. */
    async transition(
      seen: Pick<Campaign, 'id' | 'version'>,
      change: CampaignChange,
      now: Date,
      session?: ClientSession,
    ): Promise<Campaign | null> {
      const changed = await campaigns.findOneAndUpdate(
        { _id: seen.id, version: seen.version },
        { $set: { ...change, updatedAt: now }, $inc: { version: 1 } },
        { returnDocument: 'after', ...(session ? { session } : {}) },
      );
      return changed && toCampaign(changed);
    },

    /** Deletes a draft; false where there is none of this id. */
    async remove(id: CampaignId): Promise<boolean> {
      return (await campaigns.deleteOne({ _id: id, state: 'draft' })) === 1;
    },

    /** How many campaigns take each segment in or leave it out. */
    async countBySegment(): Promise<Map<SegmentId, number>> {
      const sides = { include: '$audience.include', exclude: '$audience.exclude' };
      const listed = (side: string) => ({ $cond: [{ $isArray: side }, side, []] });
      const groups = await campaigns
        .aggregate<{ _id: SegmentId; count: number }>([
          { $project: { used: { $setUnion: [listed(sides.include), listed(sides.exclude)] } } },
          { $unwind: '$used' },
          { $group: { _id: '$used', count: { $sum: 1 } } },
        ])
        .toArray();
      return new Map(groups.map(({ _id, count }) => [_id, count]));
    },

    /** The campaigns that take a segment in or leave it out, newest first. */
    async usingSegment(segmentId: SegmentId): Promise<{ id: CampaignId; name: string; state: CampaignState }[]> {
      const found = await campaigns
        .find(
          { $or: [{ 'audience.include': segmentId }, { 'audience.exclude': segmentId }] },
          { projection: { name: 1, state: 1 } },
        )
        .sort({ _id: -1 })
        .limit(1000)
        .toArray();
      return found.map(({ _id, name, state }) => ({ id: _id, name, state }));
    },
  };
}

export type CampaignsRepository = ReturnType<typeof campaignsRepository>;
