/** Why a row is refused. The other rows of its file go on. */
export const rowFaultCodes = [
  'cells_missing',
  'cells_too_many',
  'text_invalid',
  'email_invalid',
  'phone_invalid',
  'time_zone_invalid',
  'locale_invalid',
  'number_invalid',
  'boolean_invalid',
  'date_invalid',
  'amount_invalid',
  'currency_unknown',
  'option_unknown',
  'list_too_long',
  'quantity_invalid',
  'value_missing',
  'customer_identity_missing',
  'customer_identity_clash',
  'customer_unknown',
  'customer_ambiguous',
  'order_differs',
] as const;
export type RowFaultCode = (typeof rowFaultCodes)[number];

export interface RowFault {
  readonly code: RowFaultCode;
  /** The header of the column at fault, where it is one. */
  readonly column?: string;
  /** What stood there, shortened. */
  readonly value?: string;
}

const words: Record<RowFaultCode, string> = {
  cells_missing: 'The row has fewer cells than the header.',
  cells_too_many: 'The row has more cells than the header; a text with the delimiter in it needs quotes.',
  text_invalid: 'is too long, or has characters that can’t be stored',
  email_invalid: 'is not an e-mail address',
  phone_invalid: 'is not a phone number with its country code, such as +49 171 1234567',
  time_zone_invalid: 'is not a time zone such as Europe/Berlin',
  locale_invalid: 'is not a language such as en or pt-BR',
  number_invalid: 'is not a number below 1,000 million with at most 4 decimals',
  boolean_invalid: 'is neither yes nor no',
  date_invalid: 'is not a date that exists, in the format chosen',
  amount_invalid: 'is not an amount in the currency and format chosen',
  currency_unknown: 'is not a currency code such as USD',
  option_unknown: 'is not one of the options of this attribute',
  list_too_long: 'has more than 100 entries, or one that is too long',
  quantity_invalid: 'is not a whole quantity from 0 to 1,000,000',
  value_missing: 'is empty, and an order needs it',
  customer_identity_missing: 'A customer needs an external id or an e-mail address to be found again.',
  customer_identity_clash: 'The external id and the e-mail address belong to two different customers.',
  customer_unknown: 'No customer has this external id or e-mail address. Import customers first.',
  customer_ambiguous: 'The external id and the e-mail address name two different customers.',
  order_differs: 'An order with this id exists and has other content.',
};

/** The reason in one English sentence, as it stands in the file of refused rows. */
export function describeRowFault(fault: RowFault): string {
  if (fault.column === undefined) return words[fault.code];
  const value = fault.value === undefined || fault.value === '' ? '' : ` “${fault.value}”`;
  const end = words[fault.code].endsWith('.') ? words[fault.code] : `${words[fault.code]}.`;
  return words[fault.code].endsWith('.') ? `${fault.column}${value}: ${end}` : `${fault.column}:${value} ${end}`;
}

/** A cell as a reason quotes it. */
export const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
