import { randomBytes } from 'node:crypto';
import type { Database, OrganizationDatabase } from '@mini-crm/db';
import { defaultRetryPolicy, type OrganizationId, type RetryPolicy } from '@mini-crm/domain';
import type { Logger } from 'pino';
import type { TrackingUrls } from '../tracking/tracking-urls.ts';
import { type BreakerPolicy, breaker, defaultBreakerPolicy } from './breaker.ts';
import type { DeliveryChannel } from './channels/channel.ts';
import { channelRoute, type Route } from './route.ts';
import { type SendingRules, sendingRules } from './sending-rules.ts';

export interface EngineOptions {
  /** Messages that go out between two marks, at most; also as many may be unknown for each page after a crash. */
  readonly groupSize: number;
  /** Pages that are worked on side by side. */
  readonly pagesAtOnce: number;
  /** How long a holder of a page may give no sign of life. */
  readonly leaseMs: number;
  /** How often due work is looked for when there was none. */
  readonly pollMs: number;
  readonly retry: RetryPolicy;
  readonly breaker: BreakerPolicy;
}

export const defaultEngineOptions: EngineOptions = {
  groupSize: 50,
  pagesAtOnce: 4,
  leaseMs: 15_000,
  pollMs: 250,
  retry: defaultRetryPolicy,
  breaker: defaultBreakerPolicy,
};

export interface EngineDeps {
  readonly database: Database;
  readonly log: Logger;
  readonly now: () => Date;
  /** The installation's own channel, for organizations without senders. */
  readonly channel: DeliveryChannel;
  readonly urls: TrackingUrls;
  /** Whether mail programs may unsubscribe by themselves: where PUBLIC_URL is https. */
  readonly oneClick: boolean;
}

/** What all parts of a worker's sending engine share. */
export interface Engine extends Omit<EngineDeps, 'channel'> {
  readonly options: EngineOptions;
  /** How an organization's messages go out now; to be asked anew for each group. */
  readonly route: (orgId: OrganizationId) => Promise<Route>;
  /** What an organization asks of its marketing. */
  readonly rules: (orgId: OrganizationId) => Promise<SendingRules>;
  /** Aborted when the worker is to finish what it has in hand. */
  readonly stopping: AbortSignal;
  /** Aborted a little later, when even the database is not waited for any more. */
  readonly abandoned: AbortSignal;
  readonly db: (orgId: OrganizationId) => OrganizationDatabase;
}

export function makeEngine(
  deps: EngineDeps,
  options: EngineOptions,
  signals: { stopping: AbortSignal; abandoned: AbortSignal },
): Engine {
  const { channel, ...shared } = deps;
  const own = breaker(options.breaker, () => performance.now(), newToken());
  const fallback = channelRoute(channel, own, options.breaker.firstPauseMs);
  return {
    ...shared,
    options,
    ...signals,
    route: async () => fallback,
    rules: sendingRules(deps.database, () => performance.now()),
    db: (orgId) => deps.database.forOrganization(orgId),
  };
}

/** A token that nobody had before: names who holds a page. */
export const newToken = (): string => randomBytes(12).toString('base64url');
