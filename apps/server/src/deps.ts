import type { AudienceEngine, ChangeFeed, Database } from '@mini-crm/db';
import type { Logger } from 'pino';
import type { DeliveryChannel } from './delivery/channels/channel.ts';
import type { Env } from './env.ts';

/** A mail of the system itself: an invitation or a password reset. */
export interface SystemMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends the system's own mail, where an SMTP server is configured. */
export interface Mailer {
  readonly configured: boolean;
  /** Hands one mail over; throws when the server refuses it. */
  send(mail: SystemMail): Promise<void>;
  close(): Promise<void>;
}

/** What every part of the server is given at start; the worker has no feed, because nobody listens to it. */
export interface Deps {
  readonly database: Database;
  readonly env: Env;
  readonly log: Logger;
  readonly mailer: Mailer;
  /** What campaigns and test mails go out by. */
  readonly channel: DeliveryChannel;
  readonly now: () => Date;
}

/** What the API has beside: the feed that its browsers listen to, and what answers its sizes. */
export interface ApiDeps extends Deps {
  readonly feed: ChangeFeed;
  readonly engine: AudienceEngine;
}
