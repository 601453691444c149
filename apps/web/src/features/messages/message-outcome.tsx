import { outcomeReasons, outcomeStates } from '../../components/outcome-words.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import type { Tone } from '../../components/tone.ts';
import type { Outputs } from '../../trpc.ts';

export type LogRow = Outputs['messages']['list']['items'][number];
export type InteractionRow = Extract<LogRow, { kind: 'interaction' }>;
export type MessageRow = Exclude<LogRow, InteractionRow>;

export type MessageDetail = Outputs['messages']['get'];

type Outcome = Pick<
  MessageRow,
  'state' | 'reason' | 'unsubscribedAt' | 'complainedAt' | 'bouncedAt' | 'clickedAt' | 'openedAt' | 'deliveredAt'
>;

/** The last and most telling thing that happened to a message. */
export function outcomeOf(message: Outcome): { readonly word: string; readonly tone: Tone } {
  if (message.unsubscribedAt) return { word: 'Unsubscribed', tone: 'warning' };
  if (message.complainedAt) return { word: 'Reported as spam', tone: 'danger' };
  if (message.bouncedAt) return { word: 'Bounced', tone: 'danger' };
  if (message.clickedAt) return { word: 'Clicked', tone: 'success' };
  if (message.openedAt) return { word: 'Opened', tone: 'success' };
  if (message.deliveredAt) return { word: 'Delivered', tone: 'success' };
  return outcomeStates[message.state];
}

/** A message's outcome as a dot and a word, with the reason where it did not go out. */
export function MessageOutcome({ message }: { readonly message: Outcome }) {
  const { word, tone } = outcomeOf(message);
  return (
    <span>
      <StateBadge tone={tone}>{word}</StateBadge>
      {message.reason && (
        <span style={{ display: 'block', color: 'var(--mantine-color-dimmed)', fontSize: '0.8125rem' }}>
          {outcomeReasons[message.reason]}
        </span>
      )}
    </span>
  );
}
