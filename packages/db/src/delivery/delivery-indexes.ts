import { type MessageResponse, messageResponses } from '@mini-crm/domain';
import type { IndexOptions, Schema } from 'mongoose';

/*
 * The indexes of the deliveries. Each row of a campaign pays for `_id` and the first three when it is inserted, some 5
 * microseconds of mongod each; the others hold few rows and cost a row that is not in them next to nothing. A page of the log is
 * read by exactly one of them, by name (see messages/log-query.ts), so what they serve is what docs/communication-log.md promises.
 */

interface LogIndex {
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly partial?: Readonly<Record<string, unknown>>;
}

const newest = { at: -1, _id: -1 } as const;
// Of text: null is less. That a reason is of a type would not be seen in a query that names it.
const notSent = { reason: { $gt: '' } };
const transactional = { kind: 'transactional' };
const having = (response: MessageResponse) => ({ [`${response}At`]: { $exists: true } });

/** The log by state and channel, the whole of it as all states of all channels; the messages of a stretch of time. */
const state = { name: 'log by state', key: { orgId: 1, state: 1, channel: 1, ...newest } } as const;
/** The log of a campaign, and all that its report counts by state. */
const campaign = {
  name: 'orgId_1_campaignId_1_state_1_at_-1__id_-1',
  key: { orgId: 1, campaignId: 1, state: 1, ...newest },
} as const;
/** A customer's timeline, and the log of one person. */
const customer = { name: 'orgId_1_customerId_1_at_-1__id_-1', key: { orgId: 1, customerId: 1, ...newest } } as const;

/** Which index gives the log of what; responses have two each, see `responseIndex`. */
export const logIndexes = {
  state,
  campaign,
  customer,
  reason: { name: 'log by reason', key: { orgId: 1, reason: 1, channel: 1, ...newest }, partial: notSent },
  campaignReason: {
    name: 'log of campaign by reason',
    key: { orgId: 1, campaignId: 1, reason: 1, ...newest },
    partial: notSent,
  },
  campaignLink: {
    name: 'log of campaign by link',
    key: { orgId: 1, campaignId: 1, 'clicks.link': 1, ...newest },
    partial: having('clicked'),
  },
  transactional: {
    name: 'log of transactional',
    key: { orgId: 1, kind: 1, state: 1, ...newest },
    partial: transactional,
  },
  template: { name: 'log by template', key: { orgId: 1, templateId: 1, state: 1, ...newest }, partial: transactional },
  transactionalAddress: {
    name: 'log of transactional by address',
    key: { orgId: 1, foldedAddress: 1, ...newest },
    partial: transactional,
  },
} as const satisfies Record<string, LogIndex>;

/** The index of those who answered in a way: only they are in it. */
export const responseIndex = (response: MessageResponse, ofCampaign: boolean): LogIndex => ({
  name: ofCampaign ? `of campaign ${response}` : response,
  key: ofCampaign ? { orgId: 1, campaignId: 1, ...newest } : { orgId: 1, ...newest },
  partial: having(response),
});

/** Declares all of them. */
export function declareIndexes(schema: Schema): void {
  const ofResponses = messageResponses.flatMap((response) => [
    responseIndex(response, true),
    responseIndex(response, false),
  ]);
  const all: readonly LogIndex[] = [...Object.values(logIndexes), ...ofResponses];
  for (const { name, key, partial } of all) {
    const options: IndexOptions = { name, ...(partial ? { partialFilterExpression: partial } : {}) };
    schema.index({ ...key }, options);
  }
}
