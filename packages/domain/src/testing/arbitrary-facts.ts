import fc from 'fast-check';
import type { Attribute, AttributeValue } from '../attributes/attribute.ts';
import { deliveryStates } from '../delivery/delivery.ts';
import type { OrderLine } from '../events/event.ts';
import type { CustomerFacts, DeliveryFacts, EventFacts } from '../segments/customer-facts.ts';
import { fold } from '../text/fold.ts';
import {
  awkwardAttributes,
  awkwardCampaigns,
  awkwardEventTypes,
  awkwardLists,
  forgottenCampaign,
} from './awkward-catalogue.ts';
import {
  awkwardAmounts,
  awkwardCurrencies,
  awkwardDates,
  awkwardInstants,
  awkwardNumbers,
  awkwardTexts,
} from './awkward-values.ts';

const text = fc.constantFrom(...awkwardTexts);
const optionalText = fc.option(text, { freq: 3 });
const instant = fc.constantFrom(...awkwardInstants).map((at) => new Date(at));
const amount = fc.constantFrom(...awkwardAmounts);
const currency = fc.constantFrom(...awkwardCurrencies);

function attributeValue({ type, options }: Attribute): fc.Arbitrary<AttributeValue> {
  switch (type) {
    case 'string':
      return text;
    case 'number':
      return fc.constantFrom(...awkwardNumbers);
    case 'boolean':
      return fc.boolean();
    case 'date':
      return fc.constantFrom(...awkwardDates);
    case 'datetime':
      return instant;
    case 'money':
      return fc.record({ amount, currency });
    case 'enum':
      return fc.constantFrom(...options);
    case 'stringList':
      return fc.uniqueArray(text, { maxLength: 3 });
    case 'enumList':
      return fc.subarray([...options]);
    default:
      return type satisfies never;
  }
}

/** Each attribute is missing, null or has an awkward value. */
const attributes = fc
  .tuple(
    ...awkwardAttributes.map((one) =>
      fc.oneof(
        { weight: 1, arbitrary: fc.constantFrom(undefined, null) },
        { weight: 3, arbitrary: attributeValue(one) },
      ),
    ),
  )
  .map((values) => {
    const record: Record<string, AttributeValue | null> = {};
    awkwardAttributes.forEach(({ slug }, i) => {
      const value = values[i];
      if (value !== undefined) record[slug] = value;
    });
    return record;
  });

const line: fc.Arbitrary<OrderLine> = fc.record({
  productId: fc.option(fc.constantFrom('p1', 'P1', 'p2', '$p3', 'Straße')),
  name: optionalText,
  category: fc.option(fc.constantFrom('Jazz', 'jazz', 'Rock', 'K-Pop', 'café', 'cafe\u0301')),
  quantity: fc.integer({ min: 0, max: 3 }),
  price: fc.option(amount, { freq: 5 }),
});

const order: fc.Arbitrary<EventFacts> = fc
  .record({
    eventId: fc.constant(''),
    type: fc.constantFrom('order', 'order', 'order', 'refund'),
    at: instant,
    currency: fc.constantFrom('USD', 'USD', 'EUR'),
    total: amount,
    lines: fc.array(line, { maxLength: 3 }),
    properties: fc.constant({}),
  })
  .map((event) => (event.type === 'refund' ? { ...event, total: -Math.abs(event.total) } : event));

const other: fc.Arbitrary<EventFacts> = fc.record({
  eventId: fc.constant(''),
  type: fc.constantFrom(...awkwardEventTypes),
  at: instant,
  currency: fc.constant(null),
  total: fc.constant(null),
  lines: fc.constant([]),
  properties: fc.record(
    {
      channel: text,
      minutes: fc.constantFrom(...awkwardNumbers),
      paid: fc.boolean(),
      due_at: instant,
      constructor: fc.constantFrom('red', 'Red', 'constructor', ''),
    },
    { requiredKeys: [] },
  ),
});

/** Up to eight events in any order, most of them at a few instants, so that several are at the same one. */
const events: fc.Arbitrary<EventFacts[]> = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: order }, { weight: 2, arbitrary: other }), { maxLength: 8 }),
    fc.array(instant, { minLength: 1, maxLength: 4 }),
    fc.array(fc.nat({ max: 5 }), { minLength: 8, maxLength: 8 }),
  )
  .map(([made, instants, places]) =>
    made.map((event, i) => ({ ...event, eventId: `e${i}`, at: instants[places[i] ?? 0] ?? event.at })),
  );

/** A message of any state with any of the instants that can come back, also where the state makes no sense of them. */
const delivery: fc.Arbitrary<DeliveryFacts> = fc.record(
  {
    campaignId: fc.constantFrom(...awkwardCampaigns.map(({ id }) => id), forgottenCampaign),
    state: fc.constantFrom('sent' as const, 'sent' as const, ...deliveryStates),
    at: instant,
    deliveredAt: instant,
    bouncedAt: instant,
    openedAt: instant,
    clickedAt: instant,
    machineOpenedAt: instant,
    machineClickedAt: instant,
    unsubscribedAt: instant,
  },
  { requiredKeys: ['campaignId', 'state', 'at'] },
);

const consent = fc.record({
  state: fc.constantFrom('granted' as const, 'withdrawn' as const),
  at: instant,
  how: fc.constant('signed up'),
  source: fc.constant('test'),
});

/** A customer with awkward values and up to eight events; ids are numbered by the caller. */
export const arbitraryFacts: fc.Arbitrary<CustomerFacts> = fc.record({
  id: fc.constant('cus_unnumbered'),
  externalId: fc.option(fc.tuple(fc.nat({ max: 99 }), text).map(([n, end]) => `${n}${end}`)),
  email: fc.option(fc.tuple(text, fc.nat({ max: 99 })).map(([start, n]) => `${start}${n}`)),
  phone: fc.option(fc.constantFrom('+15551234567', '+4915112345678')),
  firstName: optionalText,
  lastName: optionalText,
  timeZone: fc.option(fc.constantFrom('UTC', 'Asia/Kathmandu')),
  locale: fc.option(fc.constantFrom('en', 'de-CH', 'EN-us')),
  createdAt: instant,
  attributes,
  consents: fc.record({ email: consent, sms: consent }, { requiredKeys: [] }),
  events,
  deliveries: fc.array(delivery, { maxLength: 4 }),
  lists: fc.subarray([...awkwardLists]),
});

/** The same awkward customers for the same seed, with ids and event ids of their own, in the order of their ids. */
export function awkwardCustomers(count: number, seed: number): CustomerFacts[] {
  const taken = new Set<string>();
  // Addresses and external ids name one customer only; whoever comes second has none.
  const unique = (kind: string, text: string | null) => {
    const key = `${kind}:${fold(text ?? '')}`;
    if (text === null || taken.has(key)) return null;
    taken.add(key);
    return text;
  };
  return fc.sample(arbitraryFacts, { numRuns: count, seed }).map((facts, i) => {
    const number = String(i).padStart(26, '0');
    return {
      ...facts,
      id: `cus_${number}`,
      email: unique('email', facts.email),
      externalId: unique('externalId', facts.externalId),
      // At one instant the order of ids decides; databases sort emoji behind what JavaScript sorts them before.
      events: facts.events.map((event, j) => ({ ...event, eventId: `${number}-${['', '\uff5e', '👩'][j % 3]}${j}` })),
    };
  });
}
