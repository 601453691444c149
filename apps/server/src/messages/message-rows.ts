import type { Delivery } from '@mini-crm/domain';
import type { CsvCell } from '../http/csv-stream.ts';

/** The columns of a message that went to one person. */
export const recipientColumns: readonly string[] = [
  'name',
  'address',
  'state',
  'reason',
  'detail',
  'at',
  'attempt',
  'delivered_at',
  'opened_at',
  'opens',
  'clicked_at',
  'clicks',
  'links',
  'bounced_at',
  'complained_at',
  'unsubscribed_at',
  'customer_id',
  'message_id',
];

/** The cells of a message under `recipientColumns`; `linkOf` gives the address of a link by its number. */
export function recipientCells(message: Delivery, linkOf: (link: number) => string): CsvCell[] {
  const { name, address, state, reason, detail, at, attempt, opens, clicks, customerId, messageId } = message;
  return [
    ...[name, address, state, reason, detail, at, attempt],
    ...[message.deliveredAt, message.openedAt, opens, message.clickedAt],
    clicks.reduce((sum, { count }) => sum + count, 0),
    clicks.map(({ link }) => linkOf(link)).join(' '),
    ...[message.bouncedAt, message.complainedAt, message.unsubscribedAt, customerId, messageId],
  ];
}

/** The rows of a stream of one campaign's messages. */
export async function* messageRows(messages: AsyncIterable<Delivery>, linkOf: (link: number) => string) {
  for await (const message of messages) yield recipientCells(message, linkOf);
}
