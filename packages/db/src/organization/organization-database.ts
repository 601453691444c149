import type { CustomerId, OrganizationId } from '@mini-crm/domain';
import type { ClientSession, Collection, Db, MongoClient } from 'mongodb';
import { apiKeysRepository } from '../api-keys/api-key.repository.ts';
import { attributesRepository } from '../attributes/attribute.repository.ts';
import { campaignsRepository } from '../campaigns/campaign.repository.ts';
import { progressRepository } from '../campaigns/progress.repository.ts';
import { reachRepository } from '../campaigns/reach.ts';
import { runsRepository } from '../campaigns/run.repository.ts';
import { sendAgainRepository } from '../campaigns/send-again.repository.ts';
import { customersRepository } from '../customers/customer.repository.ts';
import { rollupsRecomputer } from '../customers/recompute-rollups.ts';
import { capReservationsRepository } from '../delivery/cap-reservations.repository.ts';
import { deliveriesRepository } from '../delivery/deliveries.repository.ts';
import { deliveryEventsRepository } from '../delivery/delivery-events.repository.ts';
import { pagesRepository } from '../delivery/pages.repository.ts';
import { reactionsRepository } from '../delivery/reactions.repository.ts';
import { recipientsRepository } from '../delivery/recipients.repository.ts';
import { runWorkRepository } from '../delivery/run-work.repository.ts';
import { demoRepository } from '../demo/demo.repository.ts';
import { eventTypesRepository } from '../event-types/event-types.repository.ts';
import { eventsRepository } from '../events/event.repository.ts';
import { importBatches } from '../imports/import-batches.ts';
import { importsRepository } from '../imports/imports.repository.ts';
import { uploadsRepository } from '../imports/uploads.repository.ts';
import { ingestRepository } from '../ingest/ingest.repository.ts';
import { interactionLogRepository } from '../messages/interaction-log.repository.ts';
import { messageLogRepository } from '../messages/message-log.repository.ts';
import { retentionRepository } from '../messages/retention.repository.ts';
import type { Models } from '../models.ts';
import { outboxRepository } from '../outbox/outbox.repository.ts';
import { campaignReportRepository } from '../reports/campaign-report.repository.ts';
import { keptReports } from '../reports/kept-reports.repository.ts';
import { overviewRepository } from '../reports/overview.repository.ts';
import { responseCountsRepository } from '../reports/response-counts.repository.ts';
import { mongoAudience } from '../segments/audience.ts';
import { audienceCollections } from '../segments/audience-collections.ts';
import { readFacts } from '../segments/customer-facts.ts';
import { segmentsRepository } from '../segments/segment.repository.ts';
import { segmentMembersRepository } from '../segments/segment-member.repository.ts';
import { segmentSizesRepository } from '../segments/segment-size.repository.ts';
import { sendersRepository } from '../senders/sender.repository.ts';
import { throttleRepository } from '../senders/throttle.repository.ts';
import { suppressionsRepository } from '../suppressions/suppressions.repository.ts';
import { idempotencyRepository } from '../transactional/idempotency.repository.ts';
import { messagesRepository } from '../transactional/messages.repository.ts';
import { templatesRepository } from '../transactional/templates.repository.ts';
import { type Bound, bound, type OwnedDocument } from './bound.ts';

/** All that one organization may reach: its repositories, each over collections bound to it. One line a repository. */
export function organizationDatabase(models: Models, db: Db, client: MongoClient, orgId: OrganizationId) {
  const own = <T extends OwnedDocument>(model: { collection: unknown }): Bound<T> =>
    bound(model.collection as Collection<T>, orgId);
  const transaction = <T>(work: (session: ClientSession) => Promise<T>): Promise<T> =>
    client.withSession((session) => session.withTransaction(() => work(session)));
  const customers = customersRepository(own(models.customers));
  const events = eventsRepository(own(models.events));
  const runWork = runWorkRepository(own(models.runs));
  const audience = mongoAudience(audienceCollections(models, orgId));
  return {
    orgId,
    apiKeys: apiKeysRepository(own(models.apiKeys)),
    attributes: attributesRepository(own(models.attributes)),
    eventTypes: eventTypesRepository(own(models.eventTypes)),
    customers,
    events,
    ingest: ingestRepository(own(models.customers), transaction),
    recomputeRollups: rollupsRecomputer(customers, events, transaction),
    campaigns: campaignsRepository(own(models.campaigns)),
    runs: runsRepository(own(models.runs)),
    progress: progressRepository(own(models.runs), own(models.pages), own(models.deliveries)),
    reach: reachRepository(
      audience,
      own(models.customers),
      own(models.suppressions),
      sendAgainRepository(own(models.deliveries)),
    ),
    deliveries: deliveriesRepository(own(models.deliveries)),
    pages: pagesRepository(own(models.pages)),
    capReservations: capReservationsRepository(own(models.capReservations), own(models.deliveries), own(models.runs)),
    recipients: recipientsRepository(own(models.customers)),
    runWork,
    reactions: reactionsRepository(own(models.deliveries)),
    deliveryEvents: deliveryEventsRepository(own(models.deliveries), own(models.pages), runWork, transaction),
    responseCounts: responseCountsRepository(own(models.runs), own(models.deliveries)),
    imports: importsRepository(own(models.imports), own(models.importBatches)),
    importBatches: importBatches(own(models.importBatches), own(models.customers), own(models.events), client),
    uploads: uploadsRepository(own(models.uploads), () => db),
    outbox: outboxRepository(own(models.outbox)),
    segments: segmentsRepository(own(models.segments)),
    segmentMembers: segmentMembersRepository(own(models.segmentMembers)),
    segmentSizes: segmentSizesRepository(own(models.segmentSizes)),
    audience,
    /** All that rules can know of these customers, in the order of their ids; who does not exist is left out. */
    facts: (ids: readonly CustomerId[]) => readFacts(audienceCollections(models, orgId), ids),
    senders: sendersRepository(own(models.senders), own(models.senderUses)),
    throttles: throttleRepository(own(models.senderUses)),
    suppressions: suppressionsRepository(own(models.suppressions)),
    templates: templatesRepository(own(models.templates), own(models.templateVersions)),
    transactionalMessages: messagesRepository(own(models.messages)),
    idempotencyKeys: idempotencyRepository(own(models.idempotencyKeys)),
    messageLog: messageLogRepository(own(models.deliveries), own(models.customers)),
    interactionLog: interactionLogRepository(own(models.events)),
    campaignReports: keptReports(
      campaignReportRepository(own(models.deliveries), own(models.events)),
      own(models.runs),
    ),
    retention: retentionRepository({
      retention: own(models.retention),
      runs: own(models.runs),
      pages: own(models.pages),
      deliveries: own(models.deliveries),
      messages: own(models.messages),
      outbox: own(models.outbox),
    }),
    demo: demoRepository({
      demos: own(models.demos),
      attributes: own(models.attributes),
      eventTypes: own(models.eventTypes),
      customers: own(models.customers),
      events: own(models.events),
      segments: own(models.segments),
      segmentMembers: own(models.segmentMembers),
      suppressions: own(models.suppressions),
      campaigns: own(models.campaigns),
      runs: own(models.runs),
      pages: own(models.pages),
      deliveries: own(models.deliveries),
    }),
    overview: overviewRepository({
      customers: own(models.customers),
      events: own(models.events),
      deliveries: own(models.deliveries),
      suppressions: own(models.suppressions),
    }),
  };
}

export interface OrganizationDatabase extends ReturnType<typeof organizationDatabase> {}
