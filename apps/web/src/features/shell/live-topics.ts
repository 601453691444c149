/** What the server can say has changed; its list is `topics` in packages/db/src/live/change-feed.ts. */
export type Topic =
  | 'customers'
  | 'imports'
  | 'segments'
  | 'campaigns'
  | 'deliveries'
  | 'outbox'
  | 'members'
  | 'attributes'
  | 'suppressions';

/**
 * The routers whose queries show something of a topic, and so are old when it changes. Queries that are on the screen are asked
 * again at once, the others when they are shown next.
 */
export const routersOfTopic: Record<Topic, readonly string[]> = {
  customers: ['customers', 'segments', 'home', 'search', 'demo'],
  imports: ['imports', 'home', 'running'],
  segments: ['segments', 'campaigns', 'home', 'search'],
  campaigns: ['campaigns', 'reports', 'home', 'running', 'search'],
  deliveries: ['campaigns', 'reports', 'messages', 'deliveries', 'home', 'running'],
  outbox: ['outbox'],
  members: ['members', 'organization', 'accounts'],
  attributes: ['attributes', 'segments'],
  suppressions: ['suppressions', 'customers', 'campaigns'],
};

/** Whether a query (by its tRPC key, `[['customers', 'list'], ...]`) shows something of these topics. */
export function showsTopic(queryKey: readonly unknown[], topics: readonly Topic[]): boolean {
  const [path] = queryKey;
  const router: unknown = Array.isArray(path) ? path[0] : undefined;
  return topics.some((topic) => routersOfTopic[topic]?.some((name) => name === router) ?? false);
}
