/** What a browser can be told: something of this kind has changed. */
export const topics = [
  'customers',
  'imports',
  'segments',
  'campaigns',
  'deliveries',
  'outbox',
  'members',
  'attributes',
  'suppressions',
  'eventTypes',
  'apiKeys',
  'templates',
  'senders',
] as const;
export type Topic = (typeof topics)[number];

/** A collection whose writes are told: the topics that they are of, and the field that names the document people look at. */
export interface Watched {
  readonly topics: readonly Topic[];
  readonly idField: string;
}

/** Every collection that the change stream of a process watches. */
export const watched: Readonly<Record<string, Watched>> = {
  customers: { topics: ['customers'], idField: '_id' },
  events: { topics: ['customers'], idField: 'customerId' },
  imports: { topics: ['imports'], idField: '_id' },
  segments: { topics: ['segments'], idField: '_id' },
  segmentMembers: { topics: ['segments'], idField: 'segmentId' },
  campaigns: { topics: ['campaigns'], idField: '_id' },
  runs: { topics: ['campaigns'], idField: 'campaignId' },
  // Rows of the log are written by the hundred, each group with its page, which tells of all of them.
  pages: { topics: ['campaigns', 'deliveries'], idField: 'campaignId' },
  deliveries: { topics: ['deliveries'], idField: 'campaignId' },
  // A transactional message is told by the queue, and its row, once it is there, by what comes back for it.
  messages: { topics: ['deliveries'], idField: 'campaignId' },
  templates: { topics: ['templates'], idField: '_id' },
  outbox: { topics: ['outbox'], idField: '_id' },
  memberships: { topics: ['members'], idField: '_id' },
  invitations: { topics: ['members'], idField: '_id' },
  organizations: { topics: ['members'], idField: '_id' },
  attributes: { topics: ['attributes'], idField: 'slug' },
  eventTypes: { topics: ['eventTypes'], idField: '_id' },
  apiKeys: { topics: ['apiKeys'], idField: '_id' },
  senders: { topics: ['senders'], idField: '_id' },
  suppressions: { topics: ['suppressions'], idField: '_id' },
  audienceEngine: { topics: [], idField: '_id' },
};

/** What is read of a document by those who only have to know which one it was. */
export const namingFields: readonly string[] = [
  ...new Set(['_id', 'orgId', ...Object.values(watched).map(({ idField }) => idField)]),
];
