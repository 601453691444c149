import { randomUUID } from 'node:crypto';
import {
  type CampaignId,
  type CustomerId,
  catalogueReader,
  demoAttributes,
  fold,
  isStandardEventType,
  type SegmentId,
} from '@mini-crm/domain';
import { MongoServerError } from 'mongodb';
import type { AttributeDocument } from '../attributes/attribute.model.ts';
import type { CampaignDocument } from '../campaigns/campaign.model.ts';
import type { RunDocument } from '../campaigns/run.model.ts';
import type { CustomerDocument } from '../customers/customer.model.ts';
import type { DeliveryDocument } from '../delivery/delivery.model.ts';
import type { PageDocument } from '../delivery/page.model.ts';
import type { EventTypesDocument } from '../event-types/event-types.model.ts';
import { eventTypesRepository } from '../event-types/event-types.repository.ts';
import type { EventDocument } from '../events/event.model.ts';
import type { Bound } from '../organization/bound.ts';
import type { SegmentDocument } from '../segments/segment.model.ts';
import type { SegmentMemberDocument } from '../segments/segment-member.model.ts';
import type { SuppressionDocument } from '../suppressions/suppression.model.ts';
import type { DemoDocuments } from './demo.documents.ts';
import type { DemoDocument, DemoState } from './demo.model.ts';

/** The collections that a demo fills. */
export interface DemoCollections {
  readonly demos: Bound<DemoDocument>;
  readonly attributes: Bound<AttributeDocument>;
  readonly eventTypes: Bound<EventTypesDocument>;
  readonly customers: Bound<CustomerDocument>;
  readonly events: Bound<EventDocument>;
  readonly segments: Bound<SegmentDocument>;
  readonly segmentMembers: Bound<SegmentMemberDocument>;
  readonly suppressions: Bound<SuppressionDocument>;
  readonly campaigns: Bound<CampaignDocument>;
  readonly runs: Bound<RunDocument>;
  readonly pages: Bound<PageDocument>;
  readonly deliveries: Bound<DeliveryDocument>;
}

/** Filling takes seconds; whoever has been at it for longer than this is dead. */
const longestMs = 60_000;
const batch = 1000;

/** The demo of one organization: what it made is marked `demo`, and only that is removed. */
export function demoRepository(own: DemoCollections) {
  const { orgId } = own.demos;
  const eventTypes = eventTypesRepository(own.eventTypes);

  return {
    /** How far the demo is; `removed` where there never was one. */
    async state(): Promise<DemoState> {
      return (await own.demos.get(orgId))?.state ?? 'removed';
    },

    /** Takes the demo in hand; null where somebody else has it. What a crash left half done may be taken over. */
    async begin(state: 'filling' | 'removing', now: Date): Promise<string | null> {
      const token = randomUUID();
      const free = [
        { state: { $in: ['filled', 'removed'] as DemoState[] } },
        { startedAt: { $lt: new Date(now.getTime() - longestMs) } },
      ];
      try {
        await own.demos.updateOne(
          { _id: orgId, $or: free },
          { $set: { state, token, startedAt: now } },
          { upsert: true },
        );
        return token;
      } catch (error) {
        // The document is there and not free: the upsert tried to insert a second one.
        if (error instanceof MongoServerError && error.code === 11_000) return null;
        throw error;
      }
    },

    /** Lets the demo go again. */
    async end(token: string, state: 'filled' | 'removed'): Promise<void> {
      await own.demos.updateOne({ token }, { $set: { state } });
    },

    /** Whether there are customers that the demo did not make. */
    async hasOwnCustomers(): Promise<boolean> {
      return (await own.customers.count({ demo: { $ne: true } }, { limit: 1 })) > 0;
    },

    /** The attribute of the catalogue that is in the demo's way: of the same name, and of another type or with other options. */
    async clashingAttribute(): Promise<string | null> {
      const found = await own.attributes.find({ slug: { $in: demoAttributes.map(({ slug }) => slug) } }).toArray();
      const clash = found.find((attribute) => {
        const ours = demoAttributes.find(({ slug }) => slug === attribute.slug);
        return ours?.type !== attribute.type || ours.options.some((option) => !attribute.options.includes(option));
      });
      return clash?.slug ?? null;
    },

    /**
     * Stores a demo. Runs come first, because what a crash leaves is found by them; campaigns last, because nobody sees the
     * rest without them.
     */
    async insert(documents: DemoDocuments): Promise<void> {
      await own.runs.insertMany(documents.runs);
      for (const attribute of documents.attributes) {
        await own.attributes.updateOne({ slug: attribute.slug }, { $setOnInsert: attribute }, { upsert: true });
      }
      for (let start = 0; start < documents.customers.length; start += batch) {
        await own.customers.insertMany(documents.customers.slice(start, start + batch), { ordered: false });
      }
      await eventTypes.change((held) => {
        const reader = catalogueReader(held, { now: documents.now, demo: true });
        for (const { type, properties } of documents.events) reader.read(type, properties);
        return { next: reader.changed(), answer: null };
      });
      for (let start = 0; start < documents.events.length; start += batch) {
        await own.events.insertMany(documents.events.slice(start, start + batch), { ordered: false });
      }
      await own.segments.insertMany(await freelyNamed(documents.segments));
      await own.suppressions.insertMany(documents.suppressions, { ordered: false });
      await own.deliveries.insertMany(documents.deliveries, { ordered: false });
      await own.pages.insertMany(documents.pages);
      await own.campaigns.insertMany(documents.campaigns);
    },

    /**
     * Removes what the demo made, in any state that a crash left it in. Campaigns and segments that somebody changed since
     * are theirs now and stay, with the segments and attributes that they need; so do attributes of other customers.
     */
    async remove(): Promise<void> {
      const campaigns = await own.campaigns
        .find({ demo: true, version: 1 }, { projection: { _id: 1 } })
        .map(({ _id }) => _id)
        .toArray();
      await own.campaigns.updateMany({ demo: true, version: { $ne: 1 } }, { $unset: { demo: 1 } });
      await removeOfCampaigns(campaigns);
      await removeCustomers();
      await removeSegments();
      await removeAttributes();
      await removeEventTypes();
    },
  };

  async function removeOfCampaigns(campaigns: CampaignId[]): Promise<void> {
    await own.campaigns.deleteMany({ _id: { $in: campaigns } });
    // By the mark and not by the campaigns: those may be gone already while their rows are still here.
    const runs = await own.runs.find({ demo: true }, { projection: { campaignId: 1 } }).toArray();
    const sent = [...new Set([...campaigns, ...runs.map(({ campaignId }) => campaignId)])];
    await own.suppressions.deleteMany({ campaignId: { $in: sent } });
    await own.deliveries.deleteMany({ campaignId: { $in: sent }, demo: true });
    await own.pages.deleteMany({ runId: { $in: runs.map(({ _id }) => _id) } });
    await own.runs.deleteMany({ demo: true });
  }

  async function removeCustomers(): Promise<void> {
    for (;;) {
      const found = await own.customers.find({ demo: true }, { projection: { _id: 1 }, limit: batch }).toArray();
      if (found.length === 0) return;
      const ids: CustomerId[] = found.map(({ _id }) => _id);
      // Events first: a customer who is still here is found again after a crash, their events without them would not be.
      await own.events.deleteMany({ customerId: { $in: ids } });
      await own.segmentMembers.deleteMany({ customerId: { $in: ids } });
      await own.customers.deleteMany({ _id: { $in: ids } });
    }
  }

  /** The demo's segments under names that the organization has not used itself. */
  async function freelyNamed(segments: DemoDocuments['segments']): Promise<DemoDocuments['segments']> {
    const found = await own.segments.find({}, { projection: { foldedName: 1 } }).toArray();
    const taken = new Set(found.map(({ foldedName }) => foldedName));
    return segments.map((segment) => {
      let { name } = segment;
      while (taken.has(fold(name))) name = `${name} (demo)`;
      taken.add(fold(name));
      return { ...segment, name, foldedName: fold(name) };
    });
  }

  async function removeSegments(): Promise<void> {
    await own.segments.updateMany({ demo: true, version: { $ne: 1 } }, { $unset: { demo: 1 } });
    const all = await own.segments.find({}, { projection: { rule: 1, demo: 1 } }).toArray();
    const stays = new Set<string>();
    for (const { _id, demo } of all) if (!demo || (await isInCampaign(_id))) stays.add(_id);
    // What a segment that stays names stays too, and what that one names.
    for (let before = -1; before !== stays.size; ) {
      before = stays.size;
      const rules = JSON.stringify(all.filter(({ _id }) => stays.has(_id)).map(({ rule }) => rule ?? null));
      for (const { _id } of all) if (rules.includes(`"segmentId":"${_id}"`)) stays.add(_id);
    }
    for (const { _id, demo } of all) {
      if (!stays.has(_id)) await own.segments.deleteOne({ _id });
      else if (demo) await own.segments.updateOne({ _id }, { $unset: { demo: 1 } });
    }
  }

  async function isInCampaign(id: SegmentId): Promise<boolean> {
    const where = { $or: [{ 'audience.include': id }, { 'audience.exclude': id }] } as object;
    return (await own.campaigns.count(where, { limit: 1 })) > 0;
  }

  async function removeEventTypes(): Promise<void> {
    const rules = JSON.stringify(await own.segments.find({}, { projection: { rule: 1 } }).toArray());
    await eventTypes.change((held) => {
      const stays = ({ demo }: { demo?: boolean }, named: string) => !demo || rules.includes(named);
      const types = held.types.filter(
        (one) => stays(one, `"${one.type}"`) && !(one.demo && isStandardEventType(one.type)),
      );
      const properties = held.properties.filter((one) => stays(one, `"properties.${one.name}"`));
      const isSame = [...types, ...properties].every(({ demo }) => !demo) && types.length === held.types.length;
      if (isSame && properties.length === held.properties.length) return { next: null, answer: null };
      const own = <T extends { readonly demo?: boolean }>({ demo: _, ...rest }: T) => rest;
      return { next: { types: types.map(own), properties: properties.map(own) }, answer: null };
    });
    await own.eventTypes.deleteOne({ types: { $size: 0 }, properties: { $size: 0 } });
  }

  async function removeAttributes(): Promise<void> {
    const attributes = await own.attributes.find({ demo: true }).toArray();
    const rules = JSON.stringify(await own.segments.find({}, { projection: { rule: 1 } }).toArray());
    for (const { _id, slug } of attributes) {
      const users = await own.customers.count({ [`attributes.${slug}`]: { $exists: true } } as object, { limit: 1 });
      if (users === 0 && !rules.includes(`"attributes.${slug}"`)) await own.attributes.deleteOne({ _id });
      else await own.attributes.updateOne({ _id }, { $unset: { demo: 1 } });
    }
  }
}

export type DemoRepository = ReturnType<typeof demoRepository>;
