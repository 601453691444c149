import { z } from 'zod';
import { interactionTypes, moneyEventTypes } from '../events/event.ts';

/** What a customer's timeline can be narrowed to. `activity` is every event that is neither bought nor logged by hand. */
export const timelineKinds = ['orders', 'interactions', 'messages', 'activity'] as const;
export const timelineKindSchema = z.enum(timelineKinds);
export type TimelineKind = z.infer<typeof timelineKindSchema>;

/** Which of the two sources a kind reads, and which types of events. */
export function timelineSources(kind: TimelineKind | undefined): {
  readonly events: { readonly types?: readonly string[]; readonly without?: readonly string[] } | null;
  readonly messages: boolean;
} {
  switch (kind) {
    case undefined:
      return { events: {}, messages: true };
    case 'orders':
      return { events: { types: moneyEventTypes }, messages: false };
    case 'interactions':
      return { events: { types: interactionTypes }, messages: false };
    case 'messages':
      return { events: null, messages: true };
    case 'activity':
      return { events: { without: [...moneyEventTypes, ...interactionTypes] }, messages: false };
    default:
      return kind satisfies never;
  }
}
