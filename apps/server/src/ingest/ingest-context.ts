import type { OrganizationDatabase, OrganizationDocument } from '@mini-crm/db';
import type { UserId } from '@mini-crm/domain';
import type { Logger } from 'pino';
import type { KeyHolder } from '../api-keys/admit-key.ts';
import type { ApiDeps } from '../deps.ts';
import type { OrganizationContext } from '../trpc.ts';

/** What taking data in is given: the organization, and what told us. */
export interface IngestContext {
  readonly deps: ApiDeps;
  readonly organization: OrganizationDocument;
  readonly db: OrganizationDatabase;
  readonly log: Logger;
  /** The key's name, or the person's. */
  readonly source: string;
  readonly createdBy: UserId | null;
  /** The id of the key or the person: whose idempotency keys are whose. */
  readonly holder: string;
}

/** The context of a request with a key. */
export const contextOfKey = (deps: ApiDeps, { key, organization }: KeyHolder, log: Logger): IngestContext => ({
  deps,
  organization,
  db: deps.database.forOrganization(organization._id),
  log: log.child({ orgId: organization._id, keyId: key._id }),
  source: key.name,
  createdBy: null,
  holder: key._id,
});

/** The context of a person who is signed in. */
export const contextOfPerson = ({ deps, organization, db, log, user }: OrganizationContext): IngestContext => ({
  deps,
  organization,
  db,
  log,
  source: user.name,
  createdBy: user.id,
  holder: user.id,
});
