import type { DeliveryReason, DeliveryState } from '@mini-crm/domain';
import { outcomeReasons, outcomeStates } from '../../../components/outcome-words.ts';
import type { Tone } from '../../../components/tone.ts';

interface MessageFacts {
  readonly state: DeliveryState;
  readonly reason: DeliveryReason | null;
  readonly opens: number;
  readonly openedAt?: string | Date;
  readonly clickedAt?: string | Date;
  readonly bouncedAt?: string | Date;
  readonly complainedAt?: string | Date;
  readonly unsubscribedAt?: string | Date;
}

/** What became of a message, in words. */
export function messageWords(message: MessageFacts): { readonly tone: Tone; readonly words: string } {
  if (message.state === 'sent') return sentWords(message);
  const { word, tone } = outcomeStates[message.state];
  return { tone, words: message.reason === null ? word : `${word} · ${outcomeReasons[message.reason]}` };
}

function sentWords(message: MessageFacts): { readonly tone: Tone; readonly words: string } {
  const parts = [
    message.bouncedAt && 'bounced',
    message.openedAt && (message.opens > 1 ? `opened ${message.opens} times` : 'opened'),
    message.clickedAt && 'clicked',
    message.complainedAt && 'reported as spam',
    message.unsubscribedAt && 'unsubscribed',
  ].filter((part) => part !== undefined);
  const bad = message.bouncedAt ?? message.complainedAt ?? message.unsubscribedAt;
  const tone: Tone = bad ? 'warning' : message.openedAt || message.clickedAt ? 'success' : 'accent';
  return { tone, words: ['Sent', ...parts].join(', ') };
}
