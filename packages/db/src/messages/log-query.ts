import { channels, deliveryStates, fold, type MessageFilter, type MessageRead } from '@mini-crm/domain';
import type { Filter } from 'mongodb';
import type { DeliveryDocument } from '../delivery/delivery.model.ts';
import { logIndexes, responseIndex } from '../delivery/delivery-indexes.ts';
import type { Unowned } from '../organization/bound.ts';

/** One read of the log: what to find, and the index that gives it in the log's order. */
export interface LogQuery {
  readonly where: Filter<Unowned<DeliveryDocument>>;
  readonly hint: string;
}

/**
 * The query of a filter over the index of its read. What stands before the instant in the index is always named, one by one
 * where all values are meant: MongoDB merges these few ordered stretches and sorts nothing.
 */
export function logQuery(read: Exclude<MessageRead, 'address'>, filter: MessageFilter): LogQuery {
  return { where: whereOf(filter, namedFor(read, filter)), hint: hintOf(read, filter) };
}

/** The transactional messages to an address; they have an index of their own, because their recipient may be no customer. */
export function transactionalAddressQuery(filter: MessageFilter, address: string): LogQuery {
  return {
    where: whereOf(filter, { kind: 'transactional', foldedAddress: fold(address) }),
    hint: logIndexes.transactionalAddress.name,
  };
}

const everyState = { state: { $in: [...deliveryStates] } };
const everyChannel = { channel: { $in: [...channels] } };

function namedFor(read: Exclude<MessageRead, 'address'>, filter: MessageFilter): object {
  switch (read) {
    case 'state':
      return { ...everyState, ...everyChannel };
    case 'reason':
      return everyChannel;
    case 'campaign':
    case 'template':
    case 'transactional':
      return { ...everyState, ...(read === 'campaign' ? {} : { kind: 'transactional' }) };
    case 'campaignLink':
      return { clickedAt: { $exists: true } };
    case 'customer':
    case 'campaignReason':
    case 'campaignResponse':
    case 'response':
      return filter.show === 'transactional' ? { kind: 'transactional' } : {};
    default:
      return read satisfies never;
  }
}

function hintOf(read: Exclude<MessageRead, 'address'>, { response }: MessageFilter): string {
  if (read !== 'response' && read !== 'campaignResponse') return logIndexes[read].name;
  if (!response) throw new Error('a read by response needs one');
  return responseIndex(response, read === 'campaignResponse').name;
}

function whereOf(filter: MessageFilter, named: object): LogQuery['where'] {
  const { customerId, campaignId, templateId, channel, state, reason, response, link, address, from, to } = filter;
  const at = { ...(from ? { $gte: new Date(from) } : {}), ...(to ? { $lt: new Date(to) } : {}) };
  return {
    ...named,
    ...(customerId ? { customerId } : {}),
    ...(campaignId ? { campaignId } : {}),
    ...(templateId ? { templateId } : {}),
    ...(channel ? { channel } : {}),
    ...(state ? { state } : {}),
    ...(reason ? { reason } : {}),
    ...(response ? { [`${response}At`]: { $exists: true } } : {}),
    ...(link === undefined ? {} : { 'clicks.link': link }),
    ...(address ? { foldedAddress: fold(address) } : {}),
    ...(from || to ? { at } : {}),
  } as LogQuery['where'];
}
