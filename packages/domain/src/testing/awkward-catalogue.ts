import type { Attribute } from '../attributes/attribute.ts';
import type { CampaignId, SegmentId } from '../ids/id.ts';
import { type EventProperty, type FieldCatalogue, fieldCatalogue } from '../segments/fields.ts';
import type { Rule, RuleNode } from '../segments/rule.ts';

const attribute = (slug: string, type: Attribute['type'], options: string[] = []): Attribute => ({
  slug,
  label: slug[0]?.toUpperCase() + slug.slice(1),
  type,
  options,
});

/** A catalogue with attributes of every type, some with names that mean something to a program or a database. */
export const awkwardAttributes: readonly Attribute[] = [
  attribute('color', 'string'),
  attribute('age', 'number'),
  attribute('vip', 'boolean'),
  attribute('born', 'date'),
  attribute('renews_at', 'datetime'),
  attribute('worth', 'money'),
  attribute('tags', 'stringList'),
  attribute('plan', 'enum', ['free', 'Pro', 'Straße', 'ΣΊΣΥΦΟΣ']),
  attribute('topics', 'enumList', ['Jazz', 'Rock', 'K-Pop', 'café']),
  attribute('at', 'datetime'),
  attribute('select', 'number'),
  attribute('constructor', 'string'),
  attribute(`longest_${'x'.repeat(32)}`, 'stringList'),
];

/** The types of events that random customers have beside orders and refunds. */
export const awkwardEventTypes = ['call', 'visit', 'signed_in', 'added_to_cart', 'constructor'] as const;

const property = (name: string, type: EventProperty['type']): EventProperty => ({
  name,
  type,
  label: name[0]?.toUpperCase() + name.slice(1),
  eventTypes: awkwardEventTypes,
});

const segmentId = (number: number) => `seg_${String(number).padStart(26, '0')}` as SegmentId;
const campaignId = (number: number) => `cmp_${String(number).padStart(26, '0')}` as CampaignId;

/** Campaigns that rules can name, and one that they can't any more. */
export const awkwardCampaigns = [
  { id: campaignId(1), name: 'Spring sale' },
  { id: campaignId(2), name: 'We “miss” you' },
] as const;
export const forgottenCampaign: CampaignId = campaignId(9);

const [red, monthly, list, nested, deep, best, otherList] = [1, 2, 3, 4, 5, 6, 7].map(segmentId) as [
  SegmentId,
  SegmentId,
  SegmentId,
  SegmentId,
  SegmentId,
  SegmentId,
  SegmentId,
];

const within = (id: SegmentId): RuleNode => ({ type: 'inSegment', segmentId: id });
const rule = (root: RuleNode, zone?: string): Rule => ({ version: 1, ...(zone === undefined ? {} : { zone }), root });
const orders = { eventTypes: ['order'], unit: 'event', window: { type: 'last', amount: 7, unit: 'days' } } as const;

/** The segments that rules can name: attributes, days of a zone of its own, a rank, one in the other, and lists (null). */
export const awkwardSegments: ReadonlyMap<SegmentId, Rule | null> = new Map<SegmentId, Rule | null>([
  [red, rule({ type: 'attribute', field: 'attributes.color', test: { operator: 'startsWith', value: 'RE' } })],
  [
    monthly,
    rule(
      {
        type: 'behaviour',
        ...orders,
        eventTypes: ['order'],
        measure: { aggregate: 'count' },
        test: { operator: 'gte', value: 1 },
      },
      'America/New_York',
    ),
  ],
  [list, null],
  [nested, rule({ type: 'any', children: [within(monthly), { type: 'not', child: within(list) }] })],
  [deep, rule({ type: 'all', children: [within(nested), { type: 'not', child: within(red) }] }, 'Asia/Kathmandu')],
  [
    best,
    rule({
      type: 'rank',
      direction: 'top',
      amount: 20,
      of: 'percent',
      eventTypes: ['order', 'refund'],
      unit: 'event',
      window: { type: 'ever' },
      measure: { aggregate: 'sum', field: 'total', currency: 'USD' },
    }),
  ],
  [otherList, null],
]);

/** The segments among them that are lists. */
export const awkwardLists: readonly SegmentId[] = [list, otherList];

/** What rules over the awkward customers can name. */
export const awkwardFields: FieldCatalogue = fieldCatalogue({
  attributes: awkwardAttributes,
  eventTypes: ['signed_in', 'added_to_cart', 'constructor'],
  properties: [
    property('channel', 'string'),
    property('minutes', 'number'),
    property('paid', 'boolean'),
    property('due_at', 'datetime'),
    property('constructor', 'string'),
  ],
  segments: [...awkwardSegments.keys()].map((id, i) => ({ id, name: `Segment ${i + 1}` })),
  campaigns: awkwardCampaigns,
});
