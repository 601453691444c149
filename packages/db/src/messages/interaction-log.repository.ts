import { interactionTypes, type MessageFilter } from '@mini-crm/domain';
import { type EventDocument, interactionsIndex } from '../events/event.model.ts';
import type { StreamPosition } from '../events/stream-position.ts';
import type { Bound } from '../organization/bound.ts';
import { readNewest } from './read-newest.ts';

const customerIndex = 'orgId_1_customerId_1_at_-1__id_-1';

/** Calls, notes, visits and tickets of one organization as the communication log reads them: the newest first. */
export function interactionLogRepository(events: Bound<EventDocument>) {
  const queryOf = ({ customerId, interaction, from, to }: MessageFilter) => ({
    where: {
      type: { $in: interaction ? [interaction] : [...interactionTypes] },
      ...(customerId ? { customerId } : {}),
      ...(from || to
        ? { at: { ...(from ? { $gte: new Date(from) } : {}), ...(to ? { $lt: new Date(to) } : {}) } }
        : {}),
    },
    hint: customerId ? customerIndex : interactionsIndex,
  });

  return {
    get: (id: string): Promise<EventDocument | null> =>
      events.findOne({ _id: id, type: { $in: [...interactionTypes] } }),

    /** Up to `limit` interactions behind a position. */
    page: (filter: MessageFilter, after: StreamPosition | null, limit: number): Promise<EventDocument[]> =>
      readNewest(events, queryOf(filter), after, limit),

    /** How many there are; stops counting at `limit`. */
    count(filter: MessageFilter, limit: number): Promise<number> {
      const { where, hint } = queryOf(filter);
      return events.count(where, { limit, hint });
    },
  };
}

export type InteractionLogRepository = ReturnType<typeof interactionLogRepository>;
