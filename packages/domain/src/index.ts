export {
  acceptInvitationSchema,
  inviteSchema,
  organizationNameSchema,
  passwordSchema,
  personNameSchema,
  signInSchema,
  signUpSchema,
} from './accounts/account.ts';
export { type Access, type Action, accessTo, can, grantableRoles, permissions } from './accounts/permissions.ts';
export { type Role, roleSchema, roles } from './accounts/role.ts';
export {
  type ApiScope,
  apiKeyPattern,
  apiKeyPrefix,
  apiKeyStart,
  apiScopeSchema,
  apiScopes,
  createApiKeySchema,
  maximumApiKeys,
} from './api-keys/api-key.ts';
export {
  type Attribute,
  type AttributeType,
  type AttributeValue,
  attributeSchema,
  attributeSlugSchema,
  attributeTypeSchema,
  attributeTypes,
  checkAttributeValue,
  isCivilDate,
  isExactNumber,
  maximumAttributes,
} from './attributes/attribute.ts';
export {
  audienceRules,
  type ResolvedAudience,
  reachableRule,
  suppressingScopes,
  withAddressIn,
} from './campaigns/audience-rule.ts';
export {
  type Audience,
  audienceSchema,
  audienceSegments,
  type Campaign,
  type CampaignDraft,
  type CampaignFailure,
  type CampaignPurpose,
  type CampaignSender,
  type CampaignState,
  campaignDraftInputSchema,
  campaignDraftSchema,
  campaignNameSchema,
  campaignPurposeSchema,
  campaignPurposes,
  campaignSenderSchema,
  campaignStateSchema,
  campaignStates,
  type MessageContent,
  maximumAudienceSegments,
  messageContentSchema,
  type SendAgain,
} from './campaigns/campaign.ts';
export {
  type CampaignChange,
  type CampaignCommand,
  type CampaignCommandType,
  canCommand,
  decideCampaign,
  isEditable,
} from './campaigns/campaign-machine.ts';
export {
  type AudienceReport,
  type CampaignFault,
  type CampaignFaultCode,
  campaignFaults,
  checkLaunch,
  isLaunchable,
  type LaunchFacts,
  type MessageReport,
  senderOf,
} from './campaigns/launch-check.ts';
export { recipientsAPage, type Turn, type TurnFacts, turnOf, turnsByZone } from './campaigns/page-turn.ts';
export {
  type NamedSegment,
  type Run,
  type RunContent,
  type RunState,
  runStateAfter,
  runStates,
} from './campaigns/run.ts';
export {
  type CampaignSchedule,
  campaignScheduleInputSchema,
  campaignScheduleSchema,
  isPassedEverywhere,
  type LocalSchedule,
  localLaunch,
  localTurn,
  maximumSpreadHours,
  type PassedChoice,
  passedChoiceSchema,
  passedChoices,
  type RunTiming,
  timingOf,
} from './campaigns/schedule.ts';
export type { Starter } from './campaigns/starters/starter.ts';
export { starters } from './campaigns/starters/starters.ts';
export {
  emptyWaterfall,
  type Waterfall,
  type WaterfallCounts,
  type WaterfallReason,
  waterfallOf,
  waterfallReasons,
} from './campaigns/waterfall.ts';
export { consentAfterImport, replacedConsents } from './customers/consent.ts';
export {
  type Channel,
  type Consent,
  type Consents,
  type Customer,
  type CustomerFields,
  type CustomerRollups,
  channelSchema,
  channels,
  consentSchema,
  consentStates,
  customerFieldsSchema,
  customerName,
  phoneSchema,
} from './customers/customer.ts';
export {
  type CustomerInput,
  changeAttributes,
  checkIdentity,
  customerInputSchema,
  recordConsentSchema,
} from './customers/customer-input.ts';
export {
  type ConsentFilter,
  type CustomerFilter,
  type CustomerSort,
  consentFilterSchema,
  customerFilterSchema,
  customerSortSchema,
  customerSorts,
  type SortDirection,
  sortDirectionSchema,
} from './customers/customer-list.ts';
export { searchTerms, searchWords } from './customers/search-words.ts';
export { type TimelineKind, timelineKindSchema, timelineKinds, timelineSources } from './customers/timeline.ts';
export { afterOutcome, type Consequence } from './delivery/after-outcome.ts';
export {
  type BounceFigures,
  bounceHalt,
  bounceHaltCode,
  bounceReasons,
  haltForBounces,
  isBounce,
  toleratedShare,
} from './delivery/bounces.ts';
export {
  classifySmtpFault,
  enhancedStatus,
  type SmtpFault,
  type SmtpPhase,
  smtpPhases,
} from './delivery/classify-smtp.ts';
export {
  type CampaignDelivery,
  type Delivery,
  type DeliveryClick,
  type DeliveryFields,
  type DeliveryKind,
  type DeliveryReason,
  type DeliveryState,
  deliveryId,
  deliveryKinds,
  deliveryReasons,
  deliveryStates,
  type FailureReason,
  failureReasons,
  type SkipReason,
  shortDetail,
  skipReasons,
  type TransactionalDelivery,
  type UnknownReason,
  unknownReasons,
} from './delivery/delivery.ts';
export {
  type CapDecision,
  type CapFacts,
  capSince,
  decideCap,
  type FrequencyCap,
  frequencyCapSchema,
} from './delivery/frequency-cap.ts';
export { decideHandOver, type HandOver } from './delivery/hand-over.ts';
export { isMachineAgent } from './delivery/machine-agent.ts';
export { messageId, transactionalMessageId } from './delivery/message-id.ts';
export {
  type ChannelFault,
  channelFaults,
  lastingFaults,
  type Outcome,
  type OutcomeType,
  stopsChannel,
} from './delivery/outcome.ts';
export {
  builtPageId,
  emptyCounts,
  nextGroup,
  type PageCounts,
  type PageState,
  pageSequence,
  pageSize,
  pageStates,
  retryPageId,
} from './delivery/page.ts';
export { type QuietHours, quietHoursSchema, quietUntil } from './delivery/quiet-hours.ts';
export {
  machineSigns,
  type Reaction,
  type ReactionState,
  type Visit,
  withReactions,
} from './delivery/reactions.ts';
export { rowOfMessageId } from './delivery/read-message-id.ts';
export { defaultRetryPolicy, pauseAfter, type RetryPolicy, retryPause } from './delivery/retry.ts';
export { type SendAgainKind, sendAgainKindOf, sendAgainKinds, sendAgainReasons } from './delivery/send-again.ts';
export {
  addSuppressionSchema,
  type SuppressionReason,
  type SuppressionScope,
  suppressionReasons,
  suppressionScopeSchema,
  suppressionScopes,
} from './delivery/suppression.ts';
export {
  type MessageOfLink,
  parseTrackingPayload,
  payloadIdsLength,
  signatureLength,
  type TrackedMessage,
  type TrackingKind,
  trackedDeliveryId,
  trackingKinds,
  trackingPayload,
} from './delivery/tracking-token.ts';
export { demoAttributes } from './demo/demo-attributes.ts';
export { demoData } from './demo/demo-data.ts';
export type { DemoCampaign, DemoData, DemoDelivery, DemoSegmentKey, DemoSetting } from './demo/demo-model.ts';
export { type DomainError, type ErrorCode, errorCodes } from './errors/error-code.ts';
export { type CatalogueReader, catalogueReader, instantOf, type PropertyFault } from './events/catalogue-reader.ts';
export {
  type CustomerEvent,
  type EventProperties,
  eventTypeSchema,
  type InteractionType,
  interactionTypeSchema,
  interactionTypes,
  logInteractionSchema,
  moneyEventTypes,
  type OrderLine,
  orderLineSchema,
} from './events/event.ts';
export {
  type CatalogueProperty,
  type CatalogueType,
  declareEventTypeSchema,
  declarePropertySchema,
  type EventCatalogue,
  emptyEventCatalogue,
  isStandardEventType,
  labelSchema,
  maximumEventProperties,
  maximumEventTypes,
  namedInRules,
  type PropertyType,
  propertyTypes,
  standardProperties,
  withoutEventType,
  withoutProperty,
  wordsOf,
} from './events/event-catalogue.ts';
export {
  type ApiKeyId,
  type CampaignId,
  type CustomerId,
  type Id,
  type IdKind,
  type ImportId,
  idPrefixes,
  idSchema,
  type MessageId,
  makeId,
  type OrganizationId,
  type RunId,
  type SegmentId,
  type SenderId,
  type TemplateId,
  type UserId,
} from './ids/id.ts';
export { checkMapping, type MappingFault } from './imports/check-mapping.ts';
export {
  type CsvDelimiter,
  type CsvFault,
  type CsvReader,
  type CsvRows,
  csvDelimiters,
  csvReader,
  maximumRowLength,
} from './imports/csv-rows.ts';
export { detectDelimiter, firstRows, isBlankRow } from './imports/detect-delimiter.ts';
export { guessColumns, guessKind, slugOf } from './imports/guess-columns.ts';
export { guessDecimalSign, guessType } from './imports/guess-type.ts';
export {
  addCounts,
  type ColumnTarget,
  type ConsentBasis,
  customerColumnFields,
  type DateOrder,
  type ImportCounts,
  type ImportKind,
  type ImportOptions,
  type ImportPhase,
  type ImportState,
  importKindSchema,
  importKinds,
  importStates,
  maximumColumns,
  newAttributeTypes,
  noCounts,
  orderColumnFields,
  refusedColumns,
  type StartImport,
  startImportSchema,
} from './imports/import.ts';
export {
  type CustomerPlan,
  type KnownCustomers,
  type OfferedConsent,
  planCustomers,
  type RowOutcome,
} from './imports/plan-customers.ts';
export {
  type IdentifiedOrder,
  type KnownOrders,
  type OrderPlan,
  orderContent,
  orderEventId,
  planOrders,
} from './imports/plan-orders.ts';
export { type CustomerRow, customerRowReader } from './imports/read-customer-row.ts';
export { areYearFirst, possibleDateOrders } from './imports/read-date.ts';
export { type OrderRow, orderRowReader } from './imports/read-order-row.ts';
export { describeRowFault, type RowFault, type RowFaultCode } from './imports/row-fault.ts';
export { sampleFile } from './imports/sample-file.ts';
export { renewableReasons, type StandingSuppression } from './ingest/consent-statement.ts';
export {
  type DeliveryEvent,
  type DeliveryEventItem,
  deliveryEventItemSchema,
  deliveryEventOf,
} from './ingest/delivery-event-item.ts';
export { describeItemFault, fault, type ItemFault, type ItemFaultCode, itemFaultCodes } from './ingest/item-fault.ts';
export {
  type CustomerItem,
  type CustomerReference,
  customerItemSchema,
  type EventItem,
  eventItemSchema,
  type OrderItem,
  orderItemSchema,
  type RefundItem,
  refundItemSchema,
} from './ingest/items.ts';
export { ingestLimits } from './ingest/limits.ts';
export { type AddressOfChannel, planUpserts, type UpsertOutcome, type UpsertPlan } from './ingest/plan-upserts.ts';
export { type CustomerResolver, customerResolver, type ReferredCustomer } from './ingest/resolve-customers.ts';
export {
  isEmptyFilter,
  type LogCombination,
  type LogFacet,
  type LogPlan,
  logCombinations,
  logConflicts,
  logFacets,
  type MessageRead,
  messageReads,
  planLog,
} from './messages/log-plan.ts';
export {
  type LogShow,
  logShows,
  type MessageFilter,
  type MessageResponse,
  messageFilterSchema,
  messageResponses,
  stateOfReason,
} from './messages/message-filter.ts';
export {
  changeRetention,
  keptSince,
  type Retention,
  removedBefore,
  retentionInputSchema,
} from './messages/retention.ts';
export {
  currencyExponent,
  currencySchema,
  type DecimalSign,
  formatAmount,
  isCurrency,
  type Money,
  moneySchema,
  parseAmount,
} from './money/money.ts';
export {
  type OrganizationSettings,
  organizationSettingsSchema,
  type Sender,
  senderSchema,
  slugFrom,
  slugSchema,
  timeZoneSchema,
} from './organizations/organization.ts';
export { noSendingSettings, type SendingSettings, sendingSettingsSchema } from './organizations/sending-settings.ts';
export { attributedUntil, attributionDays, isAttributed } from './reports/attribution.ts';
export {
  type CampaignFigures,
  type CampaignRevenue,
  noFigures,
  noResponses,
  type ResponseCounts,
} from './reports/campaign-figures.ts';
export { type ComparedPeriods, comparedPeriods } from './reports/period.ts';
export { rateOf } from './reports/rate.ts';
export {
  type BucketUnit,
  bucketUnitFor,
  type CountedInstant,
  countByBucket,
  type TimeRange,
  timeBuckets,
} from './reports/time-buckets.ts';
export { err, ok, type Result } from './result.ts';
export type { CustomerFacts, DeliveryFacts, EventFacts } from './segments/customer-facts.ts';
export { describeDuration } from './segments/describe-duration.ts';
export { describeNode, describeRule } from './segments/describe-rule.ts';
export { describeDate, describeWindow } from './segments/describe-window.ts';
export { compileRankValue, cutoffOf, rankCutoff, rankPlace } from './segments/evaluate-rank.ts';
export { compileRule, evaluateRule } from './segments/evaluate-rule.ts';
export { compileNumber } from './segments/evaluate-test.ts';
export { explainRule } from './segments/explain-rule.ts';
export type {
  AttributeEvidence,
  BehaviourEvidence,
  EngagementEvidence,
  Evidence,
  ExplainedMessage,
  ExplainedNode,
  ExplainedUnit,
  Explanation,
  RankEvidence,
  SegmentEvidence,
  SequenceEvidence,
  SequenceOutcome,
} from './segments/explanation.ts';
export {
  type CatalogueSources,
  customerField,
  type EventProperty,
  type EventType,
  type Field,
  type FieldCatalogue,
  fieldCatalogue,
  type Named,
  unitField,
} from './segments/fields.ts';
export { type ListColumns, type ListKey, type ListRowFault, listColumns, listKey } from './segments/list-file.ts';
export { normaliseRule } from './segments/normalise-rule.ts';
export { aggregateOperators, isNegative, operatorsByType } from './segments/operators.ts';
export { parseRule } from './segments/parse-rule.ts';
export { customerFacts, type InstantLike, type PartialEvent, type PartialFacts } from './segments/partial-facts.ts';
export { checkRule, type RuleContext, rankQuestions, resolveRule } from './segments/resolve-rule.ts';
export type {
  Cutoff,
  NumberTest,
  RankBasis,
  RankMeasure,
  RankQuestion,
  ResolvedAttribute,
  ResolvedBehaviour,
  ResolvedCondition,
  ResolvedEngagement,
  ResolvedField,
  ResolvedFilter,
  ResolvedInSegment,
  ResolvedMeasure,
  ResolvedNode,
  ResolvedRank,
  ResolvedRule,
  ResolvedSequence,
  ResolvedStep,
  ResolvedTest,
} from './segments/resolved-rule.ts';
export {
  type AttributeNode,
  type BehaviourNode,
  type Duration,
  type EngagementKind,
  type EngagementNode,
  engagementKinds,
  everyone,
  type InSegmentNode,
  type Measure,
  type Operator,
  type RankNode,
  type Rule,
  type RuleNode,
  type SequenceNode,
  type SequenceStep,
  type Test,
  type UnitFilter,
} from './segments/rule.ts';
export type { RuleFault, RuleFaultReason, RulePath } from './segments/rule-fault.ts';
export { type RuleLimit, ruleLimits } from './segments/rule-limits.ts';
export { campaignsNamed, customerFieldsOf, eventFieldsOf, eventTypesOf, rulesNamed } from './segments/rule-uses.ts';
export {
  copyName,
  type DynamicSegment,
  type ListFilling,
  type Segment,
  type SegmentFields,
  type StaticSegment,
  segmentFieldsSchema,
} from './segments/segment.ts';
export { type StarterKey, type StarterSegment, starterSegments } from './segments/starter-segments.ts';

export {
  type DkimAlgorithm,
  type DkimInput,
  type DkimRecord,
  dkimAlgorithms,
  dkimRecord,
} from './senders/dkim.ts';

export {
  maximumSenders,
  type SenderInput,
  type SenderTrouble,
  type SenderType,
  type SenderWayInput,
  type SmtpTls,
  senderInputSchema,
  senderOrderSchema,
  smtpTlsModes,
  usualSmtpPort,
} from './senders/sender.ts';
export { isThrottled, noThrottle, type Throttle, throttleSchema, throttleWindows } from './senders/throttle.ts';
export { compose, fold } from './text/fold.ts';

export { emailAddressSchema, isStorableText, oneLine, plainText } from './text/plain-text.ts';
export { addDays, addMonths, type CivilDate } from './time/civil-date.ts';
export { isTimeZone, zoneOf } from './time/known-zone.ts';
export { instantAt, type LocalTime, localTimeSchema } from './time/local-time.ts';
export { type Clock, type DateRange, dateRange, type InstantRange, instantRange } from './time/resolve-window.ts';
export {
  calendarUnits,
  civilDateSchema,
  type LengthUnit,
  lengthUnits,
  type PeriodUnit,
  periodUnits,
  rollingUnits,
  type Window,
  type WindowType,
  windowSchema,
} from './time/window.ts';
export { civilDateAt, instantOfLocal, startOfDay, zoneOffset } from './time/zone.ts';
export {
  decideKey,
  idempotencyKeptMs,
  idempotencyKeyPattern,
  idempotencyLeaseMs,
  type KeyDecision,
  type StoredKey,
} from './transactional/idempotency.ts';
export {
  type AcceptedMessage,
  type MessageRecipient,
  type MessageState,
  messageRecipientSchema,
  messageStates,
  type SendMessage,
  sendMessageFields,
} from './transactional/send-message.ts';
export {
  maximumDataLength,
  maximumTemplates,
  mayRename,
  type PublishedVersion,
  type Template,
  type TemplateData,
  type TemplateDraft,
  type TemplateState,
  templateDataSchema,
  templateDraftSchema,
  templateNameSchema,
  templateSlugSchema,
  templateState,
  templateStates,
  trackedByDefault,
} from './transactional/template.ts';
