import { z } from 'zod';
import { addDays } from '../time/civil-date.ts';
import { civilDateAt, startOfDay } from '../time/zone.ts';

/** At most so many marketing messages to one person on one channel in so many days of their calendar, today being one of them. */
export const frequencyCapSchema = z.strictObject({
  messages: z.number().int().min(1).max(100),
  days: z.number().int().min(1).max(90),
});
export type FrequencyCap = z.infer<typeof frequencyCapSchema>;

/** The first instant that counts for a person in a zone. */
export const capSince = ({ days }: FrequencyCap, zone: string, now: Date): Date =>
  new Date(startOfDay(zone, addDays(civilDateAt(zone, now.getTime()), 1 - days)));

/** What is known of one person when a message of theirs is to go out; every message by its key, so that none counts twice. */
export interface CapFacts {
  /** Messages of the log that count: sent, or perhaps sent. */
  readonly counted: readonly string[];
  /** Messages of other pages that were let through before this one and have no outcome yet. */
  readonly ahead: readonly string[];
}

/** `wait`: it depends on what becomes of messages that are on their way at this very moment. */
export type CapDecision = 'send' | 'skip' | 'wait';

/** Whether the cap leaves room for one more message. Only what the log says skips; what may still come to nothing is waited for. */
export function decideCap({ messages }: FrequencyCap, { counted, ahead }: CapFacts): CapDecision {
  const sent = new Set(counted);
  if (sent.size >= messages) return 'skip';
  return new Set([...counted, ...ahead]).size >= messages ? 'wait' : 'send';
}
