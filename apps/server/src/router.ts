import { accountsRouter } from './accounts/account.router.ts';
import { apiKeysRouter } from './api-keys/api-key.router.ts';
import { attributesRouter } from './attributes/attribute.router.ts';
import { campaignsRouter } from './campaigns/campaign.router.ts';
import { customersRouter } from './customers/customer.router.ts';
import { demoRouter } from './demo/demo.router.ts';
import { eventTypesRouter } from './event-types/event-types.router.ts';
import { homeRouter } from './home/home.router.ts';
import { importsRouter } from './imports/import.router.ts';
import { ingestRouter } from './ingest/ingest.router.ts';
import { liveRouter } from './live/live.router.ts';
import { messagesRouter } from './messages/message.router.ts';
import { retentionRouter } from './messages/retention.router.ts';
import { membersRouter } from './organization/member.router.ts';
import { organizationRouter } from './organization/organization.router.ts';
import { outboxRouter } from './outbox/outbox.router.ts';
import { reportsRouter } from './reports/report.router.ts';
import { searchRouter } from './search/search.router.ts';
import { segmentsRouter } from './segments/segment.router.ts';
import { sendersRouter } from './senders/sender.router.ts';
import { suppressionsRouter } from './suppressions/suppression.router.ts';
import { templatesRouter } from './transactional/template.router.ts';
import { router } from './trpc.ts';

/** Every procedure of the server, a line a feature. */
export const appRouter = router({
  accounts: accountsRouter,
  organization: organizationRouter,
  members: membersRouter,
  apiKeys: apiKeysRouter,
  senders: sendersRouter,
  attributes: attributesRouter,
  eventTypes: eventTypesRouter,
  ingest: ingestRouter,
  customers: customersRouter,
  imports: importsRouter,
  campaigns: campaignsRouter,
  reports: reportsRouter,
  messages: messagesRouter,
  retention: retentionRouter,
  home: homeRouter,
  search: searchRouter,
  demo: demoRouter,
  segments: segmentsRouter,
  outbox: outboxRouter,
  suppressions: suppressionsRouter,
  templates: templatesRouter,
  live: liveRouter,
});

export type AppRouter = typeof appRouter;
