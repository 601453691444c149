import type { SendingSettings } from '@mini-crm/domain';

const counted = (count: number, one: string, many: string) => (count === 1 ? `one ${one}` : `${count} ${many}`);

/** `at most 2 marketing messages in 7 days`; null where there is no limit. */
export function capWords({ frequencyCap }: SendingSettings): string | null {
  if (!frequencyCap) return null;
  const { messages, days } = frequencyCap;
  return `at most ${counted(messages, 'marketing message', 'marketing messages')} ${days === 1 ? 'a day' : `in ${days} days`}`;
}

/** `nothing from 21:00 to 08:00`; null where there are no quiet hours. */
export const quietWords = ({ quietHours }: SendingSettings): string | null =>
  quietHours && `nothing from ${quietHours.from} to ${quietHours.to}`;

/** What the organization's own rules do to marketing, in sentences; empty where it has none. */
export function sendingRuleSentences(sending: SendingSettings): string[] {
  const cap = capWords(sending);
  const quiet = quietWords(sending);
  return [
    ...(cap ? [`Each person gets ${cap}: who has had them is left out when their turn comes.`] : []),
    ...(quiet ? [`There is ${quiet} by the clock of each person: what falls into it goes out afterwards.`] : []),
  ];
}
