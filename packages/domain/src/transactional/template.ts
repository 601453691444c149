import { z } from 'zod';
import {
  type CampaignPurpose,
  campaignPurposeSchema,
  campaignSenderSchema,
  messageContentSchema,
} from '../campaigns/campaign.ts';
import type { TemplateId, UserId } from '../ids/id.ts';
import { oneLine } from '../text/plain-text.ts';

/** At most so many templates in an organization, archived ones with them. */
export const maximumTemplates = 500;

/** What programs name a template by: lower case, digits and single hyphens. */
export const templateSlugSchema = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);

export const templateNameSchema = oneLine(120).min(1);

/** At most so many characters of JSON as one message's data. */
export const maximumDataLength = 100_000;

/** What a message is filled with beside its customer: any JSON object, which its template knows as `data`. */
export const templateDataSchema = z.record(z.string(), z.unknown()).refine(
  (data) => {
    try {
      return JSON.stringify(data).length <= maximumDataLength;
    } catch {
      return false;
    }
  },
  { message: `more than ${maximumDataLength} characters of JSON` },
);
export type TemplateData = z.infer<typeof templateDataSchema>;

/** All of a template that its author edits. */
export const templateDraftSchema = z.strictObject({
  name: templateNameSchema,
  slug: templateSlugSchema,
  purpose: campaignPurposeSchema,
  /** Whether opens and clicks are noted; they are a person's own matter in a receipt, so a service message asks for it. */
  tracked: z.boolean(),
  content: messageContentSchema,
  /** Who it comes from where that is not the organization's own sender. */
  sender: campaignSenderSchema.nullable(),
  /** What previews and tests are filled with. */
  sample: templateDataSchema,
});
export type TemplateDraft = z.infer<typeof templateDraftSchema>;

/** Whether messages of a purpose are tracked unless their author says otherwise. */
export const trackedByDefault = (purpose: CampaignPurpose): boolean => purpose === 'marketing';

/** Which version of a template goes out. */
export interface PublishedVersion {
  /** From 1. */
  readonly number: number;
  /** The version of the draft that it was made of. */
  readonly draft: number;
  readonly at: Date;
  readonly by: UserId;
}

export interface Template extends TemplateDraft {
  readonly id: TemplateId;
  /** Grows by one with every save; saving compares it. */
  readonly version: number;
  /** Null until it is published for the first time. */
  readonly published: PublishedVersion | null;
  readonly archivedAt: Date | null;
  readonly createdBy: UserId;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const templateStates = ['draft', 'live', 'changed', 'archived'] as const;
export type TemplateState = (typeof templateStates)[number];

/** `changed` goes out as it was published, while its draft says something else. */
export function templateState({ archivedAt, published, version }: Omit<Template, keyof TemplateDraft>): TemplateState {
  if (archivedAt) return 'archived';
  if (!published) return 'draft';
  return published.draft === version ? 'live' : 'changed';
}

/** Whether a saved draft may have another slug: programs name a published template by the one that it has. */
export const mayRename = ({ published }: Pick<Template, 'published'>): boolean => published === null;
