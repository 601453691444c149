/**
 * Every refusal that a user can cause. The server maps each to a protocol code, the web app to words;
 * both tables are `satisfies Record<ErrorCode, ...>`, so a new code does not compile until both know it.
 */
export const errorCodes = [
  'not_found',
  'stale',
  'invalid_input',
  'not_signed_in',
  'not_permitted',
  'wrong_origin',
  'too_many_requests',
  'wrong_credentials',
  'email_taken',
  'slug_taken',
  'sign_up_closed',
  'link_invalid',
  'invitation_for_another_address',
  'already_member',
  'last_owner',
  'currency_in_use',
  'mail_not_configured',
  'attribute_exists',
  'attribute_in_use',
  'attribute_limit',
  'attribute_unknown',
  'attribute_value_invalid',
  'customer_email_taken',
  'customer_external_id_taken',
  'customer_identity_missing',
  'customer_phone_invalid',
  'rule_invalid',
  'segment_in_use',
  'segment_name_taken',
  'segment_limit',
  'segment_kind',
  'list_unfinished',
  'list_columns_unknown',
  'audience_slow',
  'campaign_state',
  'campaign_not_ready',
  'audience_grown',
  'schedule_in_past',
  'template_faulty',
  'test_mail_refused',
  'upload_too_large',
  'upload_quota',
  'upload_empty',
  'upload_not_csv',
  'upload_encoding',
  'csv_row_too_long',
  'csv_quote_unclosed',
  'csv_no_rows',
  'csv_too_many_columns',
  'import_mapping_invalid',
  'import_finished',
  'demo_busy',
  'demo_not_empty',
  'api_key_invalid',
  'api_key_scope',
  'api_key_limit',
  'body_not_json',
  'body_too_large',
  'batch_too_large',
  'event_type_limit',
  'property_limit',
  'property_exists',
  'event_type_in_use',
  'property_in_use',
  'log_filter_unsupported',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** A refusal as it travels: its code and the facts that words are made of (field, limit, names), never prose. */
export interface DomainError {
  readonly code: ErrorCode;
  /** Path of the field at fault, for example `["content", "subject"]`. */
  readonly path?: readonly (string | number)[];
  readonly details?: Readonly<Record<string, unknown>>;
}
