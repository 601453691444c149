import { randomBytes } from 'node:crypto';
import type { Database, OrganizationDatabase, SenderDocument } from '@mini-crm/db';
import {
  type CampaignId,
  type ChannelFault,
  defaultRetryPolicy,
  type OrganizationId,
  type RetryPolicy,
} from '@mini-crm/domain';
import type { Logger } from 'pino';
import type { TrackingUrls } from '../tracking/tracking-urls.ts';
import { type BreakerPolicy, defaultBreakerPolicy } from './breaker.ts';
import type { DeliveryChannel } from './channels/channel.ts';
import { organizationRoutes } from './organization-routes.ts';
import { type Permits, permits } from './permits.ts';
import type { Route } from './route.ts';
import { type SendingRules, sendingRules } from './sending-rules.ts';

export interface EngineOptions {
  /** Messages of a page that go out between two marks, at most. */
  readonly groupSize: number;
  /** Pages that are worked on side by side. */
  readonly pagesAtOnce: number;
  /** Messages of all pages together that are on their way at once, at most: as many may be unknown after a crash. */
  readonly onTheWay: number;
  /** How long a holder of a page may give no sign of life. */
  readonly leaseMs: number;
  /** How often due work is looked for when there was none. */
  readonly pollMs: number;
  readonly retry: RetryPolicy;
  readonly breaker: BreakerPolicy;
}

export const defaultEngineOptions: EngineOptions = {
  groupSize: 100,
  pagesAtOnce: 5,
  onTheWay: 200,
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
  /** Opens a sender of an organization; needed only where there are some. */
  readonly openSender?: (sender: SenderDocument) => DeliveryChannel;
  /** Tells people that a campaign waits for them. */
  readonly tellPaused?: (paused: PausedCampaign) => Promise<void>;
  readonly urls: TrackingUrls;
  /** Whether mail programs may unsubscribe by themselves: where PUBLIC_URL is https. */
  readonly oneClick: boolean;
}

/** A campaign that was paused because nothing takes its messages before a setting is changed. */
export interface PausedCampaign {
  readonly orgId: OrganizationId;
  readonly campaignId: CampaignId;
  readonly fault: ChannelFault;
  /** The provider's words. */
  readonly detail: string | null;
}

/** What all parts of a worker's sending engine share. */
export interface Engine extends Omit<EngineDeps, 'channel' | 'openSender'> {
  readonly options: EngineOptions;
  /** Taken by a group from before its mark until it is settled. */
  readonly onTheWay: Permits;
  /** How an organization's messages go out now; to be asked anew for each group. */
  readonly route: (orgId: OrganizationId) => Promise<Route>;
  /** Whether an organization's senders are others than those of a route, now that they are read again. */
  readonly sendersChanged: (orgId: OrganizationId, since: Pick<Route, 'revision'>) => Promise<boolean>;
  /** Closes the senders that were opened for organizations. */
  readonly closeRoutes: () => Promise<void>;
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
  const { channel, openSender, ...shared } = deps;
  const routes = organizationRoutes({
    ...{ database: deps.database, log: deps.log, now: deps.now, channel },
    open: (sender) => {
      if (!openSender) throw new Error('this engine was not told how to open senders');
      return openSender(sender);
    },
    policy: options.breaker,
    seed: newToken(),
  });
  return {
    ...shared,
    options,
    ...signals,
    onTheWay: permits(options.onTheWay),
    route: routes.route,
    sendersChanged: routes.changedSince,
    closeRoutes: routes.close,
    rules: sendingRules(deps.database, () => performance.now()),
    db: (orgId) => deps.database.forOrganization(orgId),
  };
}

/** A token that nobody had before: names who holds a page. */
export const newToken = (): string => randomBytes(12).toString('base64url');
