import type { DemoEvent, DemoSetting } from './demo-model.ts';
import { type DemoPerson, day, wakingHour } from './demo-people.ts';
import type { Random } from './random.ts';

const texts = {
  ticket: [
    'The parcel arrived with a torn bag. Sent a new one, no need to return it.',
    'Asked where the order is. The carrier had it for two days; arrives tomorrow.',
    'Got whole beans instead of ground. Offered a swap or half the price back.',
    'The voucher code did not work at checkout. Was typed with a zero; works now.',
  ],
  call: [
    'Wanted advice on a grinder for the office. Recommended the hand grinder for up to four people.',
    'Asked to move the next delivery by two weeks because of holidays.',
    'Very happy with the Yirgacheffe; asked to be told when the new harvest is in.',
  ],
  visit: ['Came to the Saturday tasting and took home the Kenya.', 'Picked up an order at the roastery, had a tour.'],
  note: [
    'Runs a small café; might become a wholesale customer next year.',
    'Prefers light roasts, no espresso blends.',
    'Recommended us to two friends, thanked with a mug.',
  ],
} as const;

/** What people at the shop wrote down about a person: seldom anything, more about those who come often. */
export function demoInteractions(random: Random, person: DemoPerson, { now }: DemoSetting): DemoEvent[] {
  const likelihood = { once: 0.06, 'now and then': 0.15, regular: 0.35, club: 0.6 }[person.habit.name];
  const events: DemoEvent[] = [];
  while (random.chance(likelihood) && events.length < 5) {
    const type = random.weighted(['ticket', 'call', 'visit', 'note'] as const, (kind) =>
      kind === 'ticket' ? 5 : kind === 'call' ? 3 : 2,
    );
    const at = wakingHour(random, person.region, person.createdAt + random.next() * (now - person.createdAt));
    if (at <= person.createdAt || at >= now - day / 24) continue;
    events.push({
      eventId: `demo-${person.fields.externalId}-note-${events.length + 1}`,
      customer: person.key,
      type,
      at: new Date(at),
      currency: null,
      total: null,
      lines: [],
      properties: { text: random.pick(texts[type]) },
    });
  }
  return events;
}
