import { failureReasons, type Outcome, shortDetail } from '@mini-crm/domain';
import { z } from 'zod';

const outcomeSchema = z.object({
  id: z.string(),
  type: z.enum(['sent', 'failed', 'temporary']),
  reason: z.string().nullish(),
  detail: z.string().nullish(),
});
const answerSchema = z.object({ outcomes: z.array(outcomeSchema).optional() });

/** What a status without success says of all messages of a call; `repeat` where some may have been taken. */
export function outcomeOfStatus(status: number, body: string): Outcome {
  const detail = shortDetail(`${status} ${body.slice(0, 500)}`);
  if (status === 401 || status === 403) return { type: 'unavailable', fault: 'login_refused', detail };
  if (status === 413) return { type: 'failed', reason: 'message_too_large', detail };
  if (status === 408 || status === 425 || status === 429 || status === 503) {
    return { type: 'unavailable', fault: 'throttled', detail };
  }
  if (status < 400 || status === 404 || status === 405 || status === 410) {
    return { type: 'unavailable', fault: 'unreachable', detail };
  }
  if (status < 500) return { type: 'failed', reason: 'refused', detail };
  return { type: 'repeat', fault: 'unreachable', detail };
}

/** What an answer with success says of each message, in their order. Nothing, or JSON that names no outcomes: all are taken. */
export function outcomesOfAnswer(body: string, ids: readonly string[]): Outcome[] {
  const answer = body.trim() === '' ? { outcomes: undefined } : readAnswer(body);
  if (!answer) {
    const detail = shortDetail(`the answer can not be read: ${body.slice(0, 200)}`);
    return ids.map(() => ({ type: 'repeat', fault: 'unreachable', detail }));
  }
  const { outcomes } = answer;
  if (!outcomes) return ids.map(() => ({ type: 'sent', detail: null }));
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  return ids.map((id): Outcome => {
    const said = byId.get(id);
    if (!said) return { type: 'unknown', reason: 'connection_lost', detail: 'the answer does not name the message' };
    const detail = shortDetail(said.detail);
    if (said.type !== 'failed') return { type: said.type, detail };
    const reason = failureReasons.find((known) => known === said.reason) ?? 'refused';
    return { type: 'failed', reason, detail };
  });
}

function readAnswer(body: string) {
  try {
    return answerSchema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
