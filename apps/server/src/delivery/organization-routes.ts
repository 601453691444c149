import type { Database, SenderDocument } from '@mini-crm/db';
import type { OrganizationId, SenderId } from '@mini-crm/domain';
import type { Logger } from 'pino';
import { type BreakerPolicy, breaker } from './breaker.ts';
import type { DeliveryChannel } from './channels/channel.ts';
import { channelRoute, type Route } from './route.ts';
import { type OpenSender, senderRoute } from './sender-route.ts';

export interface RoutesDeps {
  readonly database: Database;
  readonly log: Logger;
  readonly now: () => Date;
  /** The installation's own channel, for organizations without senders. */
  readonly channel: DeliveryChannel;
  /** Opens a sender with its secrets. */
  readonly open: (sender: SenderDocument) => DeliveryChannel;
  readonly policy: BreakerPolicy;
  /** A text of this process, which spreads the pauses of several. */
  readonly seed: string;
  readonly clock?: () => number;
}

/** How long a process goes on with what it knows of an organization's senders. */
const freshMs = 1_000;

interface Known {
  route: Route;
  senders: ReadonlyMap<SenderId, OpenSender>;
  readAt: number;
}

/**
 * The routes of all organizations in this process. Senders are read again when a second has passed: one that was changed is
 * opened anew, with a breaker that knows of no faults, and the old one closed when its groups are through.
 */
export function organizationRoutes(deps: RoutesDeps) {
  const { database, log, now, policy, seed } = deps;
  const clock = deps.clock ?? (() => performance.now());
  const newBreaker = (of: string) => breaker(policy, clock, `${seed}:${of}`);
  const fallback = channelRoute(deps.channel, newBreaker('own'), policy.firstPauseMs);
  const known = new Map<OrganizationId, Known>();
  const reading = new Map<OrganizationId, Promise<Route>>();

  /** Reads behind whoever reads already: two at once would open a sender twice, and one of the two would never be closed. */
  function readInTurn(orgId: OrganizationId): Promise<Route> {
    const before: Promise<unknown> = reading.get(orgId) ?? Promise.resolve();
    const mine = before.then(
      () => read(orgId),
      () => read(orgId),
    );
    reading.set(orgId, mine);
    const done = () => {
      if (reading.get(orgId) === mine) reading.delete(orgId);
    };
    mine.then(done, done);
    return mine;
  }

  async function read(orgId: OrganizationId): Promise<Route> {
    const db = database.forOrganization(orgId);
    const documents = await db.senders.list();
    const last = known.get(orgId);
    const before = last?.senders ?? new Map<SenderId, OpenSender>();
    const senders = new Map(documents.map((document) => [document._id, renewed(before.get(document._id), document)]));
    for (const [id, sender] of before) if (senders.get(id) !== sender) retire(sender);
    const all = [...senders.values()];
    const same = before.size === senders.size && all.every((sender) => before.get(sender.document._id) === sender);
    const revision = last ? last.route.revision + (same ? 0 : 1) : 1;
    const route =
      all.length === 0 ? { ...fallback, revision } : senderRoute(all, { db, log, now, clock, fallback, revision });
    known.set(orgId, { route, senders, readAt: clock() });
    return route;
  }

  function renewed(before: OpenSender | undefined, document: SenderDocument): OpenSender {
    if (before && before.document.version === document.version) {
      before.document = document;
      return before;
    }
    return {
      document,
      channel: opened(document),
      breaker: newBreaker(document._id),
      inHand: 0,
      fault: null,
      throttledUntil: 0,
      retired: false,
    };
  }

  /** A sender whose secrets can't be opened, because SECRET is another one now, takes nothing and says so. */
  function opened(document: SenderDocument): DeliveryChannel {
    try {
      return deps.open(document);
    } catch (error) {
      log.error({ err: error, orgId: document.orgId, senderId: document._id }, 'a sender can not be opened');
      return {
        name: document.way.type,
        capabilities: { batchSize: 500, idempotent: false, reports: [] },
        send: async (batch) => batch.map(() => ({ type: 'unavailable', fault: 'login_refused', detail: unreadable })),
        close: async () => undefined,
      };
    }
  }

  return {
    /** How an organization's messages go out now. */
    async route(orgId: OrganizationId): Promise<Route> {
      const fresh = known.get(orgId);
      if (fresh && clock() - fresh.readAt < freshMs) return fresh.route;
      return reading.get(orgId) ?? readInTurn(orgId);
    },
    /** Reads an organization's senders again; whether they are others than those of a route. */
    async changedSince(orgId: OrganizationId, { revision }: Pick<Route, 'revision'>): Promise<boolean> {
      return (await readInTurn(orgId)).revision !== revision;
    },
    /** Closes what organizations have open; the installation's own channel stays. */
    async close(): Promise<void> {
      const all = [...known.values()].flatMap(({ senders }) => [...senders.values()]);
      known.clear();
      await Promise.all(all.map(({ channel }) => channel.close()));
    },
  };
}

export type OrganizationRoutes = ReturnType<typeof organizationRoutes>;

const unreadable = 'its secrets can not be read: SECRET is not what it was';

function retire(sender: OpenSender): void {
  sender.retired = true;
  if (sender.inHand === 0) void sender.channel.close();
}
