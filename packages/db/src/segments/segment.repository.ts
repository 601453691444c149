import {
  type DomainError,
  err,
  fold,
  ok,
  type Result,
  type Rule,
  type Segment,
  type SegmentFields,
  type SegmentId,
  starterSegments,
} from '@mini-crm/domain';
import { type ClientSession, type Document, MongoServerError } from 'mongodb';
import { newId } from '../ids/new-id.ts';
import type { Bound, Unowned } from '../organization/bound.ts';
import { toSegment } from './segment.mapping.ts';
import type { FillingDocument, SegmentDocument } from './segment.model.ts';

/** What is written of a segment: its rule, or that it is a list, which may have to be filled first. */
export type SegmentDraft = SegmentFields &
  (
    | { readonly rule: Rule; readonly kind?: 'dynamic' }
    | { readonly kind: 'static'; readonly filling?: FillingDocument }
  );

/** A change of what may be changed; a list has no rule. */
export type SegmentChange = SegmentFields & { readonly rule?: Rule };

/** At most so many segments an organization; lists show them all at once. */
export const maximumSegments = 1000;

/** Lists that are still being filled can't be used: whoever asks for segments by a rule or a campaign does not see them. */
const whole = { filling: null } as const;

/** The segments of one organization. */
export function segmentsRepository(segments: Bound<SegmentDocument>) {
  const sorted = (where: Parameters<typeof segments.find>[0]) =>
    segments.find(where).sort({ updatedAt: -1, _id: 1 }).limit(maximumSegments).toArray();
  return {
    /** All segments that can be used, archived ones too, last edited first. */
    async list(): Promise<Segment[]> {
      return (await sorted(whole)).map(toSegment);
    },
    /** All segments, also lists that are not whole yet. */
    async listWithUnfinished(): Promise<Segment[]> {
      return (await sorted({})).map(toSegment);
    },
    /** What the segments that can be used are called, by name. */
    async names(): Promise<Pick<Segment, 'id' | 'name' | 'archivedAt'>[]> {
      const found = await segments
        .find(whole, { projection: { name: 1, archivedAt: 1 } })
        .sort({ foldedName: 1 })
        .toArray();
      return found.map(({ _id, name, archivedAt = null }) => ({ id: _id, name, archivedAt }));
    },
    /** The names of all segments, for the name of a copy. */
    async takenNames(): Promise<string[]> {
      return (await segments.find({}, { projection: { name: 1 } }).toArray()).map(({ name }) => name);
    },
    async get(id: SegmentId): Promise<Segment | null> {
      const found = await segments.get(id);
      return found && toSegment(found);
    },
    /** Several that can be used by their ids, in no order; who is gone is left out. */
    async many(ids: readonly SegmentId[]): Promise<Segment[]> {
      return (await segments.find({ _id: { $in: [...ids] }, ...whole }).toArray()).map(toSegment);
    },
    /** Adds a segment; `segment_name_taken` where another has its name, in any case. */
    async insert(id: SegmentId, draft: SegmentDraft, now: Date): Promise<Result<Segment, DomainError>> {
      const document = {
        _id: id,
        ...draft,
        kind: draft.kind ?? ('dynamic' as const),
        foldedName: fold(draft.name),
        archivedAt: null,
        version: 1,
        createdAt: now,
        updatedAt: now,
      };
      return refusingNames(async () => {
        await segments.insert(document);
        return toSegment({ ...document, orgId: segments.orgId });
      });
    },
    /** Adds the segments of the first day to an organization that is new. */
    async insertStarters(currency: string, now: Date, session: ClientSession): Promise<void> {
      await segments.insertMany(starterDocuments(currency, now), { session });
    },
    /** Says those of the first day that nobody has changed in another currency. */
    async retargetStarters(currency: string, now: Date): Promise<void> {
      for (const { key, rule } of starterSegments(currency)) {
        await segments.updateOne({ starter: key, version: 1 }, { $set: { rule, updatedAt: now } });
      }
    },
    /** Writes over the version that its author saw: `stale` where that is no longer the stored one. */
    async replace(
      id: SegmentId,
      version: number,
      change: SegmentChange,
      now: Date,
    ): Promise<Result<Segment, DomainError>> {
      const saved = await refusingNames(() =>
        segments.findOneAndUpdate(
          { _id: id, version },
          { $set: { ...change, foldedName: fold(change.name), updatedAt: now }, $inc: { version: 1 } },
          { returnDocument: 'after' },
        ),
      );
      if (!saved.ok) return saved;
      return saved.value ? ok(toSegment(saved.value)) : err({ code: 'stale' });
    },
    /** Takes a segment out of lists and pickers, or back; null where there is none. Its version stays: nothing of it was edited. */
    async setArchived(id: SegmentId, archivedAt: Date | null): Promise<Segment | null> {
      const saved = await segments.findOneAndUpdate({ _id: id }, { $set: { archivedAt } }, { returnDocument: 'after' });
      return saved && toSegment(saved);
    },
    /** The lists that are being filled and whose people are told by a segment: they would lack them without it. */
    async filledFrom(id: SegmentId): Promise<Pick<Segment, 'id' | 'name'>[]> {
      const found = await segments.find({ filling: { $ne: null } }, { projection: { name: 1, filling: 1 } }).toArray();
      // It may be named anywhere in the bound rule; an id stands nowhere else.
      return found
        .filter(({ filling }) => JSON.stringify(filling).includes(id))
        .map(({ _id, name }) => ({ id: _id, name }));
    },
    /** The work of a list that is being filled; null where it is whole, gone, or another's. */
    async filling(id: SegmentId, token: string): Promise<FillingDocument | null> {
      return (await segments.findOne({ _id: id, 'filling.token': token }))?.filling ?? null;
    },
    /** Prolongs the claim of a list that is being filled; false where it is another's now, or gone. */
    async holdFilling(id: SegmentId, token: string, heldUntil: Date): Promise<boolean> {
      const change = { $set: { 'filling.heldUntil': heldUntil } };
      return (await segments.updateOne({ _id: id, 'filling.token': token }, change)).matchedCount === 1;
    },
    /** Notes how far a list is filled and prolongs the claim; false where it is another's now, or gone. */
    async advanceFilling(
      id: SegmentId,
      token: string,
      { after, added, heldUntil }: Pick<FillingDocument, 'after' | 'added' | 'heldUntil'>,
    ): Promise<boolean> {
      const change = { 'filling.after': after, 'filling.added': added, 'filling.heldUntil': heldUntil };
      return (await segments.updateOne({ _id: id, 'filling.token': token }, { $set: change })).matchedCount === 1;
    },
    /** Everybody is on the list: now it can be used. */
    async endFilling(id: SegmentId, token: string, now: Date): Promise<boolean> {
      const change = { $unset: { filling: '' as const }, $set: { updatedAt: now } };
      return (await segments.updateOne({ _id: id, 'filling.token': token }, change)).matchedCount === 1;
    },
    /** Notes that the members of a list changed. */
    async touch(id: SegmentId, now: Date): Promise<void> {
      await segments.updateOne({ _id: id }, { $set: { updatedAt: now } });
    },
    async remove(id: SegmentId): Promise<boolean> {
      return (await segments.deleteOne({ _id: id })) === 1;
    },
    /** Whether a segment has this name, in any case: asked before work that would be for nothing; the index has the last word. */
    async isNameTaken(name: string): Promise<boolean> {
      return (await segments.count({ foldedName: fold(name) }, { limit: 1 })) > 0;
    },
    /** The ids of all segments, also of lists that are not whole. */
    async ids(): Promise<SegmentId[]> {
      return (await segments.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
    },
    count: () => segments.count({}),
    /** Whether somebody made or changed one; those of the first day are nobody's work. */
    async hasOwn(): Promise<boolean> {
      return (
        (await segments.count({ $or: [{ starter: { $exists: false } }, { version: { $ne: 1 } }] }, { limit: 1 })) > 0
      );
    },
  };
}

/** The segments of the first day, in the order in which they are to stand in the list, which has the newest first. */
export function starterDocuments(currency: string, now: Date): Unowned<SegmentDocument>[] {
  return starterSegments(currency).map(({ key, name, description, rule }, i) => {
    const at = new Date(now.getTime() - i);
    const own = { kind: 'dynamic' as const, starter: key, archivedAt: null, version: 1 };
    return {
      _id: newId('segment'),
      name,
      description,
      rule,
      ...own,
      foldedName: fold(name),
      createdAt: at,
      updatedAt: at,
    };
  });
}

export type SegmentsRepository = ReturnType<typeof segmentsRepository>;

/** Does a write; the refusal of the unique index over names is a result. */
async function refusingNames<T>(write: () => Promise<T>): Promise<Result<T, DomainError>> {
  try {
    return ok(await write());
  } catch (error) {
    if (isNameClash(error)) return err({ code: 'segment_name_taken', path: ['name'] });
    throw error;
  }
}

const isNameClash = (error: unknown): boolean =>
  error instanceof MongoServerError &&
  error.code === 11_000 &&
  Object.hasOwn((error.keyPattern ?? {}) as Document, 'foldedName');
