import type { DomainError, ErrorCode, Result } from '@mini-crm/domain';
import { type TRPC_ERROR_CODE_KEY, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';

/** The protocol's word for each refusal. */
const protocolCodes = {
  not_found: 'NOT_FOUND',
  stale: 'CONFLICT',
  invalid_input: 'BAD_REQUEST',
  not_signed_in: 'UNAUTHORIZED',
  not_permitted: 'FORBIDDEN',
  wrong_origin: 'FORBIDDEN',
  too_many_requests: 'TOO_MANY_REQUESTS',
  wrong_credentials: 'UNAUTHORIZED',
  email_taken: 'CONFLICT',
  slug_taken: 'CONFLICT',
  sign_up_closed: 'FORBIDDEN',
  link_invalid: 'NOT_FOUND',
  invitation_for_another_address: 'FORBIDDEN',
  already_member: 'CONFLICT',
  last_owner: 'CONFLICT',
  currency_in_use: 'CONFLICT',
  mail_not_configured: 'PRECONDITION_FAILED',
  attribute_exists: 'CONFLICT',
  attribute_in_use: 'CONFLICT',
  attribute_limit: 'CONFLICT',
  attribute_unknown: 'BAD_REQUEST',
  attribute_value_invalid: 'BAD_REQUEST',
  customer_email_taken: 'CONFLICT',
  customer_external_id_taken: 'CONFLICT',
  customer_identity_missing: 'BAD_REQUEST',
  customer_phone_invalid: 'BAD_REQUEST',
  rule_invalid: 'BAD_REQUEST',
  segment_in_use: 'CONFLICT',
  segment_name_taken: 'CONFLICT',
  segment_limit: 'CONFLICT',
  segment_kind: 'BAD_REQUEST',
  list_unfinished: 'PRECONDITION_FAILED',
  list_columns_unknown: 'UNPROCESSABLE_CONTENT',
  audience_slow: 'UNPROCESSABLE_CONTENT',
  campaign_state: 'CONFLICT',
  campaign_not_ready: 'PRECONDITION_FAILED',
  audience_grown: 'CONFLICT',
  nobody_missed: 'CONFLICT',
  schedule_in_past: 'BAD_REQUEST',
  template_faulty: 'BAD_REQUEST',
  test_mail_refused: 'PRECONDITION_FAILED',
  upload_too_large: 'PAYLOAD_TOO_LARGE',
  upload_quota: 'CONFLICT',
  upload_empty: 'UNPROCESSABLE_CONTENT',
  upload_not_csv: 'UNPROCESSABLE_CONTENT',
  upload_encoding: 'UNPROCESSABLE_CONTENT',
  csv_row_too_long: 'UNPROCESSABLE_CONTENT',
  csv_quote_unclosed: 'UNPROCESSABLE_CONTENT',
  csv_no_rows: 'UNPROCESSABLE_CONTENT',
  csv_too_many_columns: 'UNPROCESSABLE_CONTENT',
  import_mapping_invalid: 'BAD_REQUEST',
  import_finished: 'CONFLICT',
  demo_busy: 'CONFLICT',
  demo_not_empty: 'CONFLICT',
  api_key_invalid: 'UNAUTHORIZED',
  api_key_scope: 'FORBIDDEN',
  api_key_limit: 'CONFLICT',
  body_not_json: 'BAD_REQUEST',
  body_too_large: 'PAYLOAD_TOO_LARGE',
  batch_too_large: 'UNPROCESSABLE_CONTENT',
  event_type_limit: 'CONFLICT',
  property_limit: 'CONFLICT',
  property_exists: 'CONFLICT',
  event_type_in_use: 'CONFLICT',
  property_in_use: 'CONFLICT',
  template_slug_taken: 'CONFLICT',
  template_slug_fixed: 'CONFLICT',
  template_limit: 'CONFLICT',
  template_not_ready: 'PRECONDITION_FAILED',
  template_published: 'CONFLICT',
  template_unknown: 'BAD_REQUEST',
  template_not_published: 'BAD_REQUEST',
  recipient_unknown: 'BAD_REQUEST',
  recipient_no_address: 'BAD_REQUEST',
  variable_missing: 'BAD_REQUEST',
  from_address_missing: 'PRECONDITION_FAILED',
  idempotency_in_flight: 'CONFLICT',
  idempotency_key_reused: 'UNPROCESSABLE_CONTENT',
  log_filter_unsupported: 'UNPROCESSABLE_CONTENT',
  sender_limit: 'CONFLICT',
  sender_order: 'CONFLICT',
  dkim_key_invalid: 'BAD_REQUEST',
  private_address: 'BAD_REQUEST',
} as const satisfies Record<ErrorCode, TRPC_ERROR_CODE_KEY>;

/** An expected refusal on its way out of the server. */
export class Refusal extends Error {
  readonly error: DomainError;
  constructor(error: DomainError) {
    super(error.code);
    this.error = error;
  }
}

/** The tRPC error of a refusal. */
export function refusal(error: DomainError): TRPCError {
  return new TRPCError({ code: protocolCodes[error.code], message: error.code, cause: new Refusal(error) });
}

/** The value of a result, or its refusal thrown for the protocol. */
export function unwrap<T>(result: Result<T, DomainError>): T {
  if (result.ok) return result.value;
  throw refusal(result.error);
}

/** What a client is told: our own refusal, an input fault as its first path, and nothing of a bug but that there was one. */
export function publicError(error: TRPCError): DomainError | null {
  if (error.cause instanceof Refusal) return error.cause.error;
  if (error.code === 'BAD_REQUEST' && error.cause instanceof ZodError) {
    const faults = error.cause.issues.map((issue) => ({ path: issue.path, code: issue.code, message: issue.message }));
    const path = (faults[0]?.path ?? []) as (string | number)[];
    return { code: 'invalid_input', path, details: { faults } };
  }
  if (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST' || error.code === 'PARSE_ERROR') {
    return { code: error.code === 'NOT_FOUND' ? 'not_found' : 'invalid_input' };
  }
  return null;
}
