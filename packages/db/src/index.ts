export type {
  InvitationDocument,
  MembershipDocument,
  OrganizationDocument,
  SessionDocument,
  UserDocument,
} from './accounts/account.models.ts';
export type { AccountsRepository } from './accounts/account.repository.ts';
// Exported for its module augmentation, which types Lucia's users and sessions.
export { luciaAdapter } from './accounts/lucia-adapter.ts';
export type { ApiKeyDocument } from './api-keys/api-key.model.ts';
export type { AttributesRepository } from './attributes/attribute.repository.ts';
export { BackupError } from './backup/backup-format.ts';
export { type RestoreOptions, restoreBackup } from './backup/restore-backup.ts';
export { type BackupCounts, writeBackup } from './backup/write-backup.ts';
export type { CampaignDocument } from './campaigns/campaign.model.ts';
export type { CampaignListQuery, CampaignSummary, CampaignsRepository } from './campaigns/campaign.repository.ts';
export type { CampaignQueue } from './campaigns/campaign-queue.ts';
export type { ProgressRepository, RunProgress } from './campaigns/progress.repository.ts';
export type { ReachRepository } from './campaigns/reach.ts';
export type { Reached } from './campaigns/reached.ts';
export type { RunDocument, RunTrouble } from './campaigns/run.model.ts';
export type { RunsRepository } from './campaigns/run.repository.ts';
export {
  derivedFields,
  emptyRollups,
  fieldsOf,
  type NewCustomer,
  toCustomer,
  toNewDocument,
} from './customers/customer.mapping.ts';
export type { CustomerDocument, PastConsent } from './customers/customer.model.ts';
export type { CustomerPage, CustomersRepository } from './customers/customer.repository.ts';
export type { CustomerChange } from './customers/customer.writes.ts';
export type { CustomerConditions, CustomerPosition } from './customers/customer-query.ts';
export { type ConnectOptions, connect, type Database } from './database.ts';
export type { DeliveriesRepository } from './delivery/deliveries.repository.ts';
export { fromDelivery, toDelivery } from './delivery/delivery.mapping.ts';
export type { DeliveryDocument } from './delivery/delivery.model.ts';
export type { ReportedRow } from './delivery/delivery-events.repository.ts';
export { isPassingFault } from './delivery/is-passing-fault.ts';
export type { Again, PageDocument } from './delivery/page.model.ts';
export { reconcileGroup, type Settlement, settleGroup, type Transaction } from './delivery/page-settlement.ts';
export type { NewPage, PageHold, PagesRepository } from './delivery/pages.repository.ts';
export type { RecipientCustomer, RecipientsRepository } from './delivery/recipients.repository.ts';
export type { RunWorkRepository } from './delivery/run-work.repository.ts';
export type { OpenRun, SendingQueue } from './delivery/sending-queue.ts';
export { type DemoDocuments, demoDocuments } from './demo/demo.documents.ts';
export type { DemoState } from './demo/demo.model.ts';
export type { DemoFilling, DemoMessage } from './demo/demo-filling.ts';
export {
  type AnswerSource,
  type AudienceEngine,
  type EngineAudience,
  type EngineCount,
  type EnginePreview,
  type EngineState,
  engineOff,
} from './engine/audience-engine.ts';
export { columnFirstEngine } from './engine/column-first-engine.ts';
export { columnarEngine, type EngineSettings } from './engine/columnar-engine.ts';
export { databaseEngine } from './engine/database-engine.ts';
export { engineInThread } from './engine/engine-in-thread.ts';
export { ownerPath, ownerRequestBytes } from './engine/owner-request.ts';
export { isDuplicateKey } from './errors/duplicate-key.ts';
export { isTimeLimit } from './errors/time-limit.ts';
export type { EventTypesRepository, StoredEventCatalogue } from './event-types/event-types.repository.ts';
export type { EventDocument } from './events/event.model.ts';
export type { EventOrigin, EventOutcome, EventsRepository } from './events/event.repository.ts';
export { eventDigest } from './events/event-digest.ts';
export type { StreamPosition } from './events/stream-position.ts';
export { newId } from './ids/new-id.ts';
export type {
  ImportBatchDocument,
  ImportDocument,
  ImportFailure,
  RefusedRow,
  UploadDocument,
} from './imports/import.model.ts';
export type { BatchRecord, BatchSession, BatchWrites, CommitAnswer, ImportBatches } from './imports/import-batches.ts';
export type { HeldImport, ImportQueue } from './imports/import-queue.ts';
export type { ImportPosition, ImportsRepository, NewImport } from './imports/imports.repository.ts';
export type { UploadId, UploadsRepository } from './imports/uploads.repository.ts';
export type { CustomerWrites, IngestRepository } from './ingest/ingest.repository.ts';
export { type Change, type ChangeFeed, changeFeed } from './live/change-feed.ts';
export { changeStream, type StreamLog } from './live/change-stream.ts';
export type { Topic } from './live/watched.ts';
export type { InteractionLogRepository } from './messages/interaction-log.repository.ts';
export type { MessageLogRepository } from './messages/message-log.repository.ts';
export type { RemovalRound, RemovedCounts } from './messages/retention.model.ts';
export type { RetentionRepository } from './messages/retention.repository.ts';
export { NewerStoreError } from './migrations/migrate.ts';
export type { Models } from './models.ts';
export type { Bound, OwnedDocument, Unowned } from './organization/bound.ts';
export type { OrganizationDatabase } from './organization/organization-database.ts';
export type { OutboxRepository, OutboxSummary } from './outbox/outbox.repository.ts';
export type { OutboxMessageDocument } from './outbox/outbox-message.model.ts';
export type { CampaignReportRepository, LinkFigures } from './reports/campaign-report.repository.ts';
export type { OverviewRepository, SentInstant, SoldInstant } from './reports/overview.repository.ts';
export { reactionsNotedEveryMs } from './reports/response-counts.repository.ts';
export type { AudiencePreview, AudienceReader, ReadLimits } from './segments/audience.ts';
export { bindRule, withCutoffs } from './segments/bind-rule.ts';
export { readFacts } from './segments/customer-facts.ts';
export type { HeldList, ListQueue } from './segments/list-queue.ts';
export type { FillingDocument, SegmentDocument } from './segments/segment.model.ts';
export {
  maximumSegments,
  type SegmentChange,
  type SegmentDraft,
  type SegmentsRepository,
} from './segments/segment.repository.ts';
export type { SegmentMembersRepository } from './segments/segment-member.repository.ts';
export type { SegmentSizesRepository, SizeOfDay } from './segments/segment-size.repository.ts';
export type { Sealed, SenderDocument, StoredDkim, StoredWay } from './senders/sender.model.ts';
export type { SenderChange, SendersRepository } from './senders/sender.repository.ts';
export type { Reservation, ThrottleRepository } from './senders/throttle.repository.ts';
export type { SuppressionDocument } from './suppressions/suppression.model.ts';
export type { NewSuppression, SuppressionsRepository } from './suppressions/suppressions.repository.ts';
export type { IdempotencyDocument } from './transactional/idempotency.model.ts';
export type { IdempotencyRepository } from './transactional/idempotency.repository.ts';
export type { MessageDocument, RepeatBy } from './transactional/message.model.ts';
export type { MessageHold, MessageQueue } from './transactional/message-queue.ts';
export { type MessageSettlement, settleMessages } from './transactional/message-settlement.ts';
export type { LaterMessage, MessagesRepository, NewMessage } from './transactional/messages.repository.ts';
export type { TemplateVersionDocument } from './transactional/template.model.ts';
export type { SendableTemplate, TemplateSummary, TemplatesRepository } from './transactional/templates.repository.ts';
