import type { Tone } from '../../../components/tone.ts';

interface MessageFacts {
  readonly state: 'sent' | 'failed' | 'skipped' | 'unknown';
  readonly reason: string | null;
  readonly opens: number;
  readonly openedAt?: string | Date;
  readonly clickedAt?: string | Date;
  readonly bouncedAt?: string | Date;
  readonly complainedAt?: string | Date;
  readonly unsubscribedAt?: string | Date;
}

const reasons: Readonly<Record<string, string>> = {
  no_address: 'there was no address',
  no_consent: 'there was no consent',
  suppressed: 'the address is suppressed',
  cancelled: 'the campaign was cancelled',
  campaign_failed: 'the campaign failed',
  address_invalid: 'the address is not valid',
  address_unknown: 'nobody has this address',
  mailbox_full: 'the mailbox is full',
  message_too_large: 'the message is too large',
  policy_refused: 'their server does not take it',
  refused: 'their server refused it',
  retries_exhausted: 'their server did not take it in time',
  rendering_failed: 'the content could not be filled in',
  interrupted: 'the sending was interrupted',
  connection_lost: 'the connection was lost',
};

/** What became of a message, in words. */
export function messageWords(message: MessageFacts): { readonly tone: Tone; readonly words: string } {
  const why = message.reason === null ? '' : `: ${reasons[message.reason] ?? message.reason.replaceAll('_', ' ')}`;
  switch (message.state) {
    case 'skipped':
      return { tone: 'neutral', words: `Not sent${why}` };
    case 'failed':
      return { tone: 'danger', words: `Failed${why}` };
    case 'unknown':
      return { tone: 'warning', words: `Nobody knows whether it arrived${why}` };
    case 'sent':
      return sentWords(message);
    default:
      return message.state satisfies never;
  }
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
