/** What the server can say has changed; its list is `topics` in packages/db/src/live/watched.ts. */
export type Topic =
  | 'customers'
  | 'imports'
  | 'segments'
  | 'campaigns'
  | 'deliveries'
  | 'outbox'
  | 'members'
  | 'attributes'
  | 'suppressions'
  | 'eventTypes'
  | 'apiKeys'
  | 'senders'
  | 'templates';

/**
 * The routers, or single procedures, whose queries show something of a topic and so are old when it changes. Queries that are on the
 * screen are asked again at once, the others when they are shown next.
 */
export const queriesOfTopic: Record<Topic, readonly string[]> = {
  customers: ['customers', 'segments', 'home', 'search', 'demo'],
  imports: ['imports', 'home'],
  segments: ['segments', 'campaigns', 'home', 'search'],
  campaigns: ['campaigns', 'reports', 'home', 'search', 'senders.notices'],
  deliveries: ['campaigns', 'reports', 'messages', 'home', 'customers.get', 'customers.timeline'],
  outbox: ['outbox'],
  members: ['members', 'organization', 'accounts'],
  attributes: ['attributes', 'segments', 'customers.get'],
  suppressions: ['suppressions', 'customers', 'campaigns'],
  eventTypes: ['eventTypes', 'segments'],
  apiKeys: ['apiKeys'],
  templates: ['templates', 'messages'],
  senders: ['senders', 'outbox', 'organization'],
};

/** Whether a query (by its tRPC key, `[['customers', 'list'], ...]`) shows something of these topics. */
export function showsTopic(queryKey: readonly unknown[], topics: readonly Topic[]): boolean {
  const [path] = queryKey;
  if (!Array.isArray(path)) return false;
  const procedure = path.join('.');
  const shows = (name: string) => procedure === name || procedure.startsWith(`${name}.`);
  // A newer server may know topics that this page does not.
  return topics.some((topic) => queriesOfTopic[topic]?.some(shows) ?? false);
}
