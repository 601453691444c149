import { type FailureReason, shortDetail } from './delivery.ts';
import type { Outcome } from './outcome.ts';

/** Where in a session something went wrong; `answer` is after the message was written, when only its reply is missing. */
export const smtpPhases = ['connect', 'secure', 'login', 'sender', 'recipient', 'content', 'answer'] as const;
export type SmtpPhase = (typeof smtpPhases)[number];

/** A fault of an SMTP session: the server's reply, or what the connection died of where there is no reply. */
export interface SmtpFault {
  readonly phase: SmtpPhase;
  /** The three digits of the reply; null where the connection was lost or timed out. */
  readonly code: number | null;
  /** The reply's or the error's own words. */
  readonly text: string;
}

/**
 * What a fault means for the message in hand. Replies 4xx may pass, 5xx don't (RFC 5321 4.2.1), and the enhanced status
 * says why (RFC 3463). What the server holds against the session or the sender is the channel's trouble, not the
 * recipient's. Without a reply, only the phase tells whether the message can have arrived.
 */
export function classifySmtpFault({ phase, code, text }: SmtpFault): Outcome {
  const detail = shortDetail(code === null || text.startsWith(String(code)) ? text : `${code} ${text}`);
  if (code === null) return lost(phase, detail);
  if (code < 400) throw new Error(`A reply ${code} is no fault`);
  if (code === 421) return { type: 'unavailable', fault: 'throttled', detail };
  const enhanced = enhancedStatus(text);
  switch (phase) {
    case 'connect':
      return { type: 'unavailable', fault: code < 500 ? 'throttled' : 'unreachable', detail };
    case 'secure':
      return { type: 'unavailable', fault: 'tls_failed', detail };
    case 'login':
      return { type: 'unavailable', fault: code < 500 ? 'throttled' : 'login_refused', detail };
    case 'sender':
      if (code < 500) return { type: 'unavailable', fault: 'throttled', detail };
      if (asksForLogin(code)) return { type: 'unavailable', fault: 'login_refused', detail };
      if (tooLarge(code, enhanced)) return { type: 'failed', reason: 'message_too_large', detail };
      return { type: 'unavailable', fault: 'sender_refused', detail };
    case 'recipient':
    case 'content':
    case 'answer':
      if (code < 500) return { type: 'temporary', detail };
      if (asksForLogin(code)) return { type: 'unavailable', fault: 'login_refused', detail };
      return { type: 'failed', reason: permanentReason(phase, code, enhanced, text), detail };
    default:
      return phase satisfies never;
  }
}

function lost(phase: SmtpPhase, detail: string | null): Outcome {
  switch (phase) {
    case 'connect':
    case 'login':
      return { type: 'unavailable', fault: 'unreachable', detail };
    case 'secure':
      return { type: 'unavailable', fault: 'tls_failed', detail };
    // A server that drops the session at this very message would do so for ever: it costs an attempt.
    case 'sender':
    case 'recipient':
    case 'content':
      return { type: 'temporary', detail };
    case 'answer':
      return { type: 'unknown', reason: 'connection_lost', detail };
    default:
      return phase satisfies never;
  }
}

/** RFC 4954 section 6: authentication required, invalid, too weak, or only over TLS. */
const asksForLogin = (code: number) => code === 530 || code === 534 || code === 535 || code === 538;
const tooLarge = (code: number, enhanced: string | null) =>
  enhanced === '5.3.4' || enhanced === '5.2.3' || (code === 552 && enhanced === null);

/** The enhanced status of a reply, such as `5.1.1`; null where it has none. */
export function enhancedStatus(text: string): string | null {
  return /(?:^|[\s-])([245]\.\d{1,3}\.\d{1,3})(?=\s|$)/.exec(text)?.[1] ?? null;
}

/** Servers that block a sender say so with 550 and no enhanced status, as they do for a mailbox that does not exist. */
const aboutSender = /\b(?:spam|block(?:ed|list)?|blacklist(?:ed)?|denylist|dnsbl|rbl|reputation|policy|banned)\b/i;

function permanentReason(phase: SmtpPhase, code: number, enhanced: string | null, text: string): FailureReason {
  if (enhanced) {
    if (['5.1.1', '5.1.2', '5.1.6', '5.1.10', '5.2.1', '5.4.4'].includes(enhanced)) return 'address_unknown';
    if (enhanced === '5.1.3') return 'address_invalid';
    if (enhanced === '5.2.2') return 'mailbox_full';
    if (tooLarge(code, enhanced)) return 'message_too_large';
    if (enhanced.startsWith('5.7.')) return 'policy_refused';
  }
  if (phase === 'recipient') {
    if (code === 550 && aboutSender.test(text)) return 'policy_refused';
    if (code === 550 || code === 551) return 'address_unknown';
    if (code === 552) return 'mailbox_full';
    if (code === 501 || code === 553) return 'address_invalid';
  } else if (tooLarge(code, enhanced)) {
    return 'message_too_large';
  }
  return 'refused';
}
