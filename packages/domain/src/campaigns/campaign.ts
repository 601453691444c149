import { z } from 'zod';
import { type Channel, channelSchema } from '../customers/customer.ts';
import type { SendAgainKind } from '../delivery/send-again.ts';
import { type CampaignId, idSchema, type RunId, type SegmentId, type UserId } from '../ids/id.ts';
import { isStorableText, oneLine } from '../text/plain-text.ts';
import { campaignScheduleInputSchema, campaignScheduleSchema } from './schedule.ts';

/** Where a campaign is on its way; campaign-machine.ts says which command leads where. */
export const campaignStates = ['draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled', 'failed'] as const;
export const campaignStateSchema = z.enum(campaignStates);
export type CampaignState = z.infer<typeof campaignStateSchema>;

/** `marketing` needs the person's consent and an unsubscribe link; `service` is what a contract asks for (a recall, a changed term). */
export const campaignPurposes = ['marketing', 'service'] as const;
export const campaignPurposeSchema = z.enum(campaignPurposes);
export type CampaignPurpose = z.infer<typeof campaignPurposeSchema>;

export const maximumAudienceSegments = 20;

const segmentIds = z
  .array(idSchema('segment'))
  .max(maximumAudienceSegments)
  .refine((ids) => new Set(ids).size === ids.length, { message: 'twice the same segment' });

/** Who a campaign goes to: everybody, or people in any of the segments `include`, without those in any of `exclude`. An empty `include` is "not chosen yet" and reaches nobody. */
export const audienceSchema = z.strictObject({
  include: z.union([z.literal('everyone'), segmentIds]),
  exclude: segmentIds,
});
export type Audience = z.infer<typeof audienceSchema>;

const source = (max: number) => z.string().max(max).refine(isStorableText, { message: 'unstorable text' });

/** What the author writes; Liquid may stand anywhere. A draft may be unfinished: launch-check.ts says what a launch needs. */
export const messageContentSchema = z.strictObject({
  subject: source(300).refine((text) => !/[\r\n]/.test(text), { message: 'line break' }),
  /** Shown by mail programs behind the subject. */
  preheader: source(300).refine((text) => !/[\r\n]/.test(text), { message: 'line break' }),
  mjml: source(300_000),
  /** The plain-text part; null makes it from the HTML. */
  text: source(100_000).nullable(),
});
export type MessageContent = z.infer<typeof messageContentSchema>;

/** Who a campaign comes from where that is not the organization's own sender; an empty field is the organization's. */
export const campaignSenderSchema = z.strictObject({
  fromName: oneLine(100),
  fromEmail: oneLine(254),
  replyTo: oneLine(254),
});
export type CampaignSender = z.infer<typeof campaignSenderSchema>;

export const campaignNameSchema = oneLine(120).min(1);

/** All of a campaign that its author edits. */
export const campaignDraftSchema = z.strictObject({
  name: campaignNameSchema,
  channel: channelSchema.extract(['email']),
  purpose: campaignPurposeSchema,
  audience: audienceSchema,
  content: messageContentSchema,
  sender: campaignSenderSchema.nullable(),
  schedule: campaignScheduleSchema,
});
export type CampaignDraft = z.infer<typeof campaignDraftSchema>;

/** A draft as it travels: instants are ISO texts. */
export const campaignDraftInputSchema = campaignDraftSchema.extend({
  schedule: campaignScheduleInputSchema,
});

/** Why a campaign stopped by itself: a code, and the facts that words are made of. */
export interface CampaignFailure {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface Campaign extends CampaignDraft {
  readonly id: CampaignId;
  readonly channel: Extract<Channel, 'email'>;
  readonly state: CampaignState;
  /** Grows by one with every write; saving compares it. */
  readonly version: number;
  readonly runId: RunId | null;
  readonly createdBy: UserId;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly launchedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly failure: CampaignFailure | null;
  /** The share of bounces that whoever resumed it after a halt has seen and tolerates. */
  readonly toleratedBounces?: number;
  /** Whose message this sends once more, and to whom of those who did not get it. */
  readonly again?: SendAgain;
}

/** A campaign that sends another one's message to those who did not get it. Of each campaign and kind there is one at most. */
export interface SendAgain {
  readonly campaignId: CampaignId;
  readonly runId: RunId;
  /** What it was called then. */
  readonly name: string;
  readonly kinds: readonly SendAgainKind[];
}

/** The ids of all segments that an audience names. */
export const audienceSegments = (audience: Audience): readonly SegmentId[] => [
  ...(audience.include === 'everyone' ? [] : audience.include),
  ...audience.exclude,
];
