import { propertyFaultCodes } from '../events/catalogue-reader.ts';
import { err } from '../result.ts';

/** Why one item of a request is refused. The other items go in. */
export const itemFaultCodes = [
  'item_invalid',
  ...propertyFaultCodes,
  'event_type_reserved',
  'text_missing',
  'at_out_of_range',
  'event_conflict',
  'customer_identity_missing',
  'customer_identity_clash',
  'customer_unknown',
  'attribute_unknown',
  'attribute_value_invalid',
  'phone_invalid',
  'consent_in_future',
  'message_unknown',
  'message_not_sent',
] as const;
export type ItemFaultCode = (typeof itemFaultCodes)[number];

export interface ItemFault {
  readonly code: ItemFaultCode;
  /** Where in the item. */
  readonly path: readonly (string | number)[];
  readonly details?: Readonly<Record<string, unknown>>;
}

/** An item refused. */
export const fault = (code: ItemFaultCode, path: ItemFault['path'], details?: ItemFault['details']) =>
  err<ItemFault>({ code, path, ...(details ? { details } : {}) });

const words: Record<ItemFaultCode, string> = {
  item_invalid: 'The item does not have the form that the API describes.',
  properties_invalid: 'Properties have to be an object of names and values.',
  property_name_invalid:
    'A property’s name is a lower-case letter and up to 39 more lower-case letters, digits and underscores.',
  property_value_invalid:
    'A property is a text of up to 1,000 characters, a number below 1,000 million with at most 4 decimals, or true or false. Objects and lists are not taken.',
  property_type: 'This property has another type in your organization.',
  properties_too_many: 'The event has too many properties.',
  event_type_limit: 'Your organization has as many types of events as it can have.',
  property_limit: 'Your organization has as many properties as it can have.',
  event_type_reserved: 'Orders and refunds have addresses of their own: /orders and /refunds.',
  text_missing: 'A call, note, visit or ticket says what happened in the property "text".',
  at_out_of_range: 'An event lies between 1900 and 2200.',
  event_conflict: 'There is another event with this id and other content. It stays as it is.',
  customer_identity_missing: 'Say who it is: by externalId or email.',
  customer_identity_clash: 'The external id and the e-mail address belong to two different customers.',
  customer_unknown: 'There is no such customer, or they were removed just now.',
  attribute_unknown: 'Your organization has no attribute of this name.',
  attribute_value_invalid: 'The value does not fit the type of the attribute.',
  phone_invalid: 'Not a phone number with its country code, such as +491711234567.',
  consent_in_future: 'A consent was given in the past.',
  message_unknown:
    'Your organization has no message with this id, or what became of it is not written down yet: try again in a few minutes.',
  message_not_sent: 'This message surely did not go out, so nothing can have become of it.',
};

/** The reason in one English sentence, for whoever reads the answer of the API. */
export function describeItemFault({ code, details }: Pick<ItemFault, 'code' | 'details'>): string {
  const expected = details?.expected;
  return typeof expected === 'string' ? `${words[code]} It is a ${expected}.` : words[code];
}
