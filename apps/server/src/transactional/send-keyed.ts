import type { AcceptedMessage, SendMessage } from '@mini-crm/domain';
import { refusal } from '../errors.ts';
import type { IngestContext } from '../ingest/ingest-context.ts';
import { sendMessage } from './send-message.usecases.ts';

/** Says of an answer that it is an earlier request's. */
export const replayedHeader = 'Idempotent-Replayed';

/** Sends a message and says in headers what its key has to do with the answer. */
export async function sendKeyed(
  ctx: IngestContext,
  request: SendMessage,
  key: string | null,
  say: (name: string, value: string) => void,
): Promise<AcceptedMessage> {
  const sent = await sendMessage(ctx, request, key);
  if (!sent.ok) {
    const seconds = sent.error.code === 'idempotency_in_flight' ? sent.error.details?.seconds : undefined;
    if (seconds !== undefined) say('Retry-After', String(seconds));
    throw refusal(sent.error);
  }
  if (sent.value.replayed) say(replayedHeader, 'true');
  return sent.value.answer;
}
