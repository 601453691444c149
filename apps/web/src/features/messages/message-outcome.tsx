import { outcomeReasons, outcomeStates } from '../../components/outcome-words.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import type { Tone } from '../../components/tone.ts';
import type { Outputs } from '../../trpc.ts';

export type MessageRow = Outputs['messages']['list']['items'][number];

/** The last and most telling thing that happened to a message. */
export function outcomeOf(message: MessageRow): { readonly word: string; readonly tone: Tone } {
  if (message.unsubscribedAt) return { word: 'Unsubscribed', tone: 'warning' };
  if (message.complainedAt) return { word: 'Reported as spam', tone: 'danger' };
  if (message.bouncedAt) return { word: 'Bounced', tone: 'danger' };
  if (message.clickedAt) return { word: 'Clicked', tone: 'success' };
  if (message.openedAt) return { word: 'Opened', tone: 'success' };
  return outcomeStates[message.state];
}

/** A message's outcome as a dot and a word, with the reason where it did not go out. */
export function MessageOutcome({ message }: { readonly message: MessageRow }) {
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
