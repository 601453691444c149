import type { InteractionType } from '@mini-crm/domain';
import { IconMapPin, IconNote, IconPhone, IconTicket } from '@tabler/icons-react';

/** What an interaction is called, and its sign. */
export const interactionLooks: Record<
  InteractionType,
  { readonly one: string; readonly many: string; readonly icon: typeof IconNote }
> = {
  call: { one: 'Call', many: 'Calls', icon: IconPhone },
  note: { one: 'Note', many: 'Notes', icon: IconNote },
  visit: { one: 'Visit', many: 'Visits', icon: IconMapPin },
  ticket: { one: 'Ticket', many: 'Tickets', icon: IconTicket },
};
