import type { ChannelFault, Outcome, SmtpTls } from '@mini-crm/domain';
import type { Tone } from '../../components/tone.ts';
import type { Sender } from './sender-form-values.ts';

export const tlsWords: Readonly<Record<SmtpTls, string>> = {
  starttls: 'STARTTLS',
  implicit: 'TLS from the start',
  none: 'No encryption',
};

/** Why a sender takes nothing, as short as a state. */
export const faultStates: Readonly<Record<ChannelFault, string>> = {
  unreachable: 'Can’t be reached',
  tls_failed: 'Can’t be secured',
  login_refused: 'Login refused',
  sender_refused: 'From address refused',
  throttled: 'Asks to slow down',
  senders_off: 'Off',
};

export interface SenderState {
  readonly tone: Tone;
  readonly words: string;
  readonly hollow: boolean;
}

/** How a sender is, in a word. */
export function stateOf({ enabled, trouble }: Sender): SenderState {
  if (!enabled) return { tone: 'neutral', words: 'Off', hollow: true };
  if (!trouble) return { tone: 'success', words: 'In order', hollow: false };
  const lasting = trouble.fault === 'login_refused' || trouble.fault === 'sender_refused';
  return { tone: lasting ? 'danger' : 'warning', words: faultStates[trouble.fault], hollow: false };
}

/** Where a sender hands messages to. */
export function whereOf({ way }: Sender): string {
  return way.type === 'webhook' ? way.url : `${way.host}:${way.port} · ${tlsWords[way.tls]}`;
}

/** The limits of a sender in one line; null where it has none. */
export function throttleWords({ throttle }: Sender): string | null {
  const number = new Intl.NumberFormat('en');
  const limits = [
    throttle.perSecond !== null && `${number.format(throttle.perSecond)} a second`,
    throttle.perMinute !== null && `${number.format(throttle.perMinute)} a minute`,
    throttle.perHour !== null && `${number.format(throttle.perHour)} an hour`,
  ].filter((limit): limit is string => limit !== false);
  return limits.length === 0 ? null : `At most ${new Intl.ListFormat('en').format(limits)}`;
}

/** What a test came to, in words. */
export function testWords(outcome: Outcome, to: string): { ok: boolean; title: string; text: string } {
  const said = outcome.detail ? `It said: “${outcome.detail}”.` : '';
  if (outcome.type === 'sent') return { ok: true, title: `The test went out to ${to}`, text: said };
  if (outcome.type === 'unavailable' || outcome.type === 'repeat') {
    return { ok: false, title: faultStates[outcome.fault], text: said };
  }
  if (outcome.type === 'unknown') {
    return { ok: false, title: 'Nobody can say whether the test arrived', text: said || 'The connection was lost.' };
  }
  return { ok: false, title: 'The test was refused', text: said };
}

/** Why nothing takes the messages of a campaign, as a sentence. */
export const faultWords: Readonly<Record<ChannelFault, string>> = {
  unreachable: 'The mail server can’t be reached.',
  tls_failed: 'The connection to the mail server can’t be secured.',
  login_refused: 'The mail server refuses the user name or password.',
  sender_refused: 'The mail server refuses the From address.',
  throttled: 'The mail server asks to slow down.',
  senders_off: 'All senders are switched off.',
};
