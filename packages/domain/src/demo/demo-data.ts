import { toDayNumber } from '../time/civil-date.ts';
import { civilDateAt, instantOfLocal } from '../time/zone.ts';
import { clubContent, clubLinks, harvestContent, harvestLinks, missYouContent } from './demo-content.ts';
import { demoInteractions } from './demo-interactions.ts';
import type { DemoCampaign, DemoData, DemoEvent, DemoSetting } from './demo-model.ts';
import { demoOrders } from './demo-orders.ts';
import { type DemoPerson, day, demoPeople } from './demo-people.ts';
import { demoSegments } from './demo-segments.ts';
import { demoSending } from './demo-sending.ts';
import { seededRandom } from './random.ts';

/** So many people the demo's shop has. */
export const demoCustomers = 2000;

/**
 * A made-up coffee roastery: customers, eighteen months of what they bought and said, four segments, two campaigns that were
 * sent and one draft, all of one story and relative to `now`. The same setting always gives the same data.
 */
export function demoData(setting: DemoSetting, customers = demoCustomers): DemoData {
  const random = seededRandom(setting.seed);
  const people = demoPeople(random, setting, customers);
  const events = people.flatMap((person) => [
    ...demoOrders(random, person, setting),
    ...demoInteractions(random, person, setting),
  ]);
  const harvest = demoSending(
    random,
    people,
    { launchedAt: morning(setting, 58, 10), links: harvestLinks, isIn: () => true, appeal: 0.96 },
    setting,
  );
  const club = demoSending(
    random,
    people,
    { launchedAt: morning(setting, 9, 9), links: clubLinks, isIn: ({ plan }) => plan !== 'None', appeal: 1.15 },
    setting,
  );
  const campaigns: DemoCampaign[] = [
    {
      key: 'harvest',
      name: 'New harvest: Ethiopia and Peru',
      include: 'everyone',
      content: harvestContent,
      createdAt: new Date(harvest.sending.launchedAt.getTime() - 2 * day),
      sending: harvest.sending,
    },
    {
      key: 'club',
      name: 'Club early access: Kirinyaga',
      include: ['club'],
      content: clubContent,
      createdAt: new Date(club.sending.launchedAt.getTime() - day),
      sending: club.sending,
    },
    {
      key: 'miss-you',
      name: 'We miss you',
      include: ['lapsed'],
      content: missYouContent,
      createdAt: new Date(setting.now - 0.7 * day),
      sending: null,
    },
  ];
  return {
    customers: people.map(toCustomer),
    events: distinct([...events, ...harvest.orders, ...club.orders]),
    segments: demoSegments(setting),
    campaigns,
  };
}

const toCustomer = ({ key, fields, attributes, consents, createdAt }: DemoPerson) => ({
  key,
  fields,
  attributes,
  consents,
  createdAt: new Date(createdAt),
});

/** An hour of a day so many days ago, as the clocks of the organization show it. */
function morning({ now, zone }: DemoSetting, daysAgo: number, hour: number): number {
  return instantOfLocal(zone, (toDayNumber(civilDateAt(zone, now)) - daysAgo) * day + hour * 3_600_000);
}

/** Two orders of one person in the same minute would share an id: the first one stays. */
function distinct(events: readonly DemoEvent[]): DemoEvent[] {
  return [...new Map(events.toReversed().map((event) => [event.eventId, event])).values()].reverse();
}
