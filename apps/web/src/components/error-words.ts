import type { ErrorCode } from '@mini-crm/domain';
import { formatBytes, formatCount } from './format-number.ts';
import type { ReadError } from './read-error.ts';

/** Words for a refusal: what happened, and what was kept and what to do next. */
export interface ErrorWords {
  readonly title: string;
  readonly text: string;
}

type Words = ErrorWords | ((details: ReadError['details']) => ErrorWords);

/** “Spring” and “Summer” of the things that a refusal names; undefined where it names none. */
function namesOf(things: unknown): string | undefined {
  if (!Array.isArray(things) || things.length === 0) return undefined;
  const names = things.map((thing: { name?: unknown }) => `“${String(thing.name)}”`);
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(shown);
}

const table = {
  not_found: {
    title: 'This is not here',
    text: 'It was deleted, or it belongs to another organization. Go back to the list to see what is there.',
  },
  stale: {
    title: 'Somebody else changed this in the meantime',
    text: 'Your change was not saved. Reload to see theirs, then make yours again.',
  },
  invalid_input: {
    title: 'Something in there is not right',
    text: 'Nothing was saved. Look at the marked fields and try again.',
  },
  not_signed_in: { title: 'You are signed out', text: 'Sign in again to go on where you were.' },
  not_permitted: ({ suppressed }) =>
    suppressed === 'unsubscribed'
      ? {
          title: 'They unsubscribed by themselves',
          text: 'Nothing was recorded. An owner or admin can record a new consent of somebody who left.',
        }
      : {
          title: 'Your role does not allow this',
          text: 'Nothing was changed. Ask an owner or admin of your organization.',
        },
  wrong_origin: {
    title: 'This request came from another address',
    text: 'Nothing was changed. Open the app at its own address and try again.',
  },
  too_many_requests: {
    title: 'That was too many tries',
    text: 'Wait a minute, then try again.',
  },
  wrong_credentials: {
    title: 'This e-mail address and password do not belong together',
    text: 'Check both, or reset your password.',
  },
  email_taken: {
    title: 'There is an account with this e-mail address already',
    text: 'Sign in with it, or use another address.',
  },
  slug_taken: { title: 'This name is taken', text: 'Choose another one.' },
  sign_up_closed: {
    title: 'This server takes no new organizations',
    text: 'Ask a colleague who works here to invite you.',
  },
  link_invalid: {
    title: 'This link does not work any more',
    text: 'It was used already, or it has expired. Ask for a new one.',
  },
  invitation_for_another_address: {
    title: 'This invitation is for another e-mail address',
    text: 'Sign out, then open the link again to accept it with the invited address.',
  },
  already_member: { title: 'This person is a member already', text: 'Change their role in the list of members.' },
  last_owner: {
    title: 'An organization needs an owner',
    text: 'Nothing was changed. Make somebody else an owner first.',
  },
  currency_in_use: {
    title: 'Orders are counted in this currency already',
    text: 'Nothing was saved. Keep the currency here, and make another organization for another one.',
  },
  mail_not_configured: {
    title: 'No mail server is configured',
    text: 'Copy the link and send it yourself, or ask whoever runs this server to set SMTP_URL.',
  },
  attribute_exists: { title: 'There is an attribute of this name', text: 'Choose another name.' },
  attribute_in_use: ({ option, segments }) =>
    typeof option === 'string'
      ? {
          title: `There are customers with “${option}”`,
          text: 'Nothing was saved. An option can go when no customer has it any more.',
        }
      : {
          title: 'This attribute is in use',
          text: `Nothing was changed. Take it out of ${namesOf(segments) ?? 'the segments that use it'} first.`,
        },
  attribute_limit: {
    title: 'There is no room for another attribute',
    text: 'Delete one that is no longer needed first.',
  },
  attribute_unknown: { title: 'This attribute does not exist', text: 'It may have been deleted. Reload the page.' },
  attribute_value_invalid: {
    title: 'A value does not fit its attribute',
    text: 'Nothing was saved. Look at the marked field and try again.',
  },
  customer_email_taken: {
    title: 'Another customer has this e-mail address',
    text: 'Nothing was saved. Open that customer, or use another address.',
  },
  customer_external_id_taken: {
    title: 'Another customer has this external id',
    text: 'Nothing was saved. Open that customer, or use another id.',
  },
  customer_phone_invalid: {
    title: 'This is not a phone number that can be called',
    text: 'Write it with its country code, for example +1 415 555 2671.',
  },
  customer_identity_missing: {
    title: 'A customer needs something to be known by',
    text: 'Give an e-mail address, a phone number or an external id: names alone are not unique.',
  },
  campaign_state: {
    title: 'The campaign is in another state by now',
    text: 'Nothing was changed. Look at where it is, then choose again.',
  },
  campaign_not_ready: {
    title: 'The campaign is not ready yet',
    text: 'Nothing was sent. The review names what is missing.',
  },
  audience_grown: {
    title: 'More people would get this than you saw',
    text: 'Nothing was sent. Look at the new number, then send again.',
  },
  nobody_missed: {
    title: 'There is nobody left to send it to',
    text: 'Nothing was sent: everybody has got it by now, or could not get it another time either.',
  },
  schedule_in_past: {
    title: 'This time has passed already',
    text: 'The campaign was not scheduled. Choose a later time, or send it now.',
  },
  template_faulty: {
    title: 'The content has a fault',
    text: 'It could not be turned into a message. Look at the marked place and mend it.',
  },
  test_mail_refused: ({ detail }) => ({
    title: 'The mail server refused the test',
    text:
      typeof detail === 'string' && detail !== ''
        ? `Nothing was sent. It said: “${detail}”. Check the From address and the server’s settings.`
        : 'Nothing was sent. Check the From address and the server’s settings.',
  }),
  audience_slow: {
    title: 'Counting takes longer than it should',
    text: 'The rule is kept. Try again, or make it simpler.',
  },
  rule_invalid: {
    title: 'A condition is not complete',
    text: 'It was not saved. Look at the marked condition and fill it in.',
  },
  segment_in_use: ({ campaigns, segments }) => ({
    title: 'This segment is in use',
    text: `Nothing was deleted. Take it out of ${namesOf([campaigns, segments].flatMap((users) => (Array.isArray(users) ? users : []))) ?? 'the segments and campaigns that use it'} first, or archive it.`,
  }),
  segment_kind: {
    title: 'This does not fit this kind of segment',
    text: 'Nothing was changed. People are put on lists; a segment with conditions finds its people by itself.',
  },
  list_unfinished: {
    title: 'This list is still being made',
    text: 'Wait until everybody is on it, then try again.',
  },
  list_columns_unknown: {
    title: 'No column says who the people are',
    text: 'Nobody was added. The file needs a column “email” or “external_id” in its first row.',
  },
  segment_name_taken: { title: 'There is a segment of this name', text: 'Choose another name.' },
  segment_limit: {
    title: 'There are too many segments',
    text: 'Nothing was added. Delete one that is not used any more first.',
  },
  upload_too_large: ({ limit }) => ({
    title: 'This file is too large',
    text: `Nothing was stored. A file may have up to ${typeof limit === 'number' ? formatBytes(limit) : 'a limited number of bytes'}: cut it into parts and import one after the other.`,
  }),
  upload_quota: ({ limit }) => ({
    title: 'Too many files wait to be imported',
    text: `Nothing was stored. Together they may have ${typeof limit === 'number' ? formatBytes(limit) : 'a limited number of bytes'}: wait for running imports, or cancel one. Files that nobody comes back for make place after an hour.`,
  }),
  upload_empty: { title: 'This file is empty', text: 'Nothing was stored. Choose another file.' },
  upload_not_csv: ({ looksLike }) => ({
    title:
      typeof looksLike === 'string' ? `This is not a CSV file, it looks like ${looksLike}` : 'This is not a CSV file',
    text: 'Nothing was stored. Open it in your spreadsheet, save it as “CSV UTF-8” and try again.',
  }),
  upload_encoding: ({ encoding, line, byte }) => ({
    title: typeof encoding === 'string' ? `This file is written in ${encoding}` : 'This file is not written in UTF-8',
    text:
      typeof line === 'number'
        ? `Nothing was stored. Line ${formatCount(line)} (byte ${formatCount(Number(byte))}) can’t be read. Save the file as “CSV UTF-8” and try again.`
        : 'Nothing was stored. Save the file as “CSV UTF-8” and try again.',
  }),
  csv_row_too_long: ({ row, limit }) => ({
    title: `Row ${formatCount(Number(row))} is too long`,
    text: `Nothing was imported. A row may have ${formatCount(Number(limit))} characters; often a quote that never closes makes one of many. Mend it and upload the file again.`,
  }),
  csv_quote_unclosed: ({ row }) => ({
    title: `A quote in row ${formatCount(Number(row))} never closes`,
    text: 'Nothing was imported. Close the quote, or take it away, and upload the file again.',
  }),
  csv_no_rows: {
    title: 'This file has a header at most, and no rows',
    text: 'Nothing was imported. Choose a file with one line of column names and the rows below it.',
  },
  csv_too_many_columns: ({ limit }) => ({
    title: 'This file has too many columns',
    text: `Nothing was imported. Up to ${formatCount(Number(limit))} columns are read.`,
  }),
  import_mapping_invalid: {
    title: 'The columns don’t fit yet',
    text: 'Nothing was imported. Look at where each column goes and start again.',
  },
  import_finished: { title: 'This import is over', text: 'It can’t be stopped any more. Look at its result.' },
  demo_busy: {
    title: 'The demo is being changed right now',
    text: 'Somebody fills or removes it at this moment. Wait a few seconds, then try again.',
  },
  demo_not_empty: {
    title: 'There are customers of your own already',
    text: 'Nothing was added: the demo never mixes with real people. Make another organization for it.',
  },
  api_key_invalid: {
    title: 'This API key is not known',
    text: 'It was mistyped, or revoked. Create another one in Settings.',
  },
  api_key_scope: {
    title: 'The API key may not do this',
    text: 'Create one with that scope in Settings.',
  },
  api_key_limit: ({ limit }) => ({
    title: `There are ${String(limit)} keys already`,
    text: 'Revoke one that no program uses any more.',
  }),
  body_not_json: { title: 'That is no JSON', text: 'Nothing was changed.' },
  body_too_large: { title: 'That is too much at once', text: 'Nothing was changed. Send it in several requests.' },
  batch_too_large: { title: 'Those are too many at once', text: 'Nothing was changed. Send them in several requests.' },
  event_type_limit: ({ limit }) => ({
    title: `There are ${String(limit)} types of events already`,
    text: 'Nothing was added. Use one of them.',
  }),
  property_limit: ({ limit }) => ({
    title: `There are ${String(limit)} properties already`,
    text: 'Nothing was added. Use one of them.',
  }),
  property_exists: ({ expected }) => ({
    title: 'There is a property of this name already',
    text: `${expected ? `Its type is ${String(expected)}. ` : ''}To give it another type, delete it first.`,
  }),
  event_type_in_use: ({ segments }) => ({
    title: 'This event is in use',
    text: `Nothing was changed. Take it out of ${namesOf(segments) ?? 'the segments that use it'} first.`,
  }),
  property_in_use: ({ segments }) => ({
    title: 'This property is in use',
    text: `Nothing was changed. Take it out of ${namesOf(segments) ?? 'the segments that use it'} first.`,
  }),
  template_slug_taken: {
    title: 'Another template has this name for programs',
    text: 'Nothing was saved. Choose another one: programs tell templates apart by it.',
  },
  template_slug_fixed: {
    title: 'The name for programs stays',
    text: 'Nothing was saved. The template was published, and programs may send by this name. Duplicate it for another one.',
  },
  template_limit: ({ limit }) => ({
    title: 'There are too many templates',
    text: `An organization has at most ${limit ?? 'so many'}. Remove drafts that nobody needs.`,
  }),
  template_not_ready: {
    title: 'The template can not be published yet',
    text: 'What goes out is unchanged. Fix what is listed beside the message first.',
  },
  template_published: {
    title: 'A published template stays',
    text: 'Messages in the log were made by it. Archive it: nothing can be sent by it then.',
  },
  template_unknown: {
    title: 'There is no such template',
    text: 'Nothing was sent. Look its name up in the list of templates.',
  },
  template_not_published: {
    title: 'Nothing can be sent by this template',
    text: 'Nothing was sent. It was never published, or it is archived.',
  },
  recipient_unknown: { title: 'There is no such customer', text: 'Nothing was sent. They may have been removed.' },
  recipient_no_address: {
    title: 'The customer has no address',
    text: 'Nothing was sent. Add an e-mail address first.',
  },
  variable_missing: ({ variable }) => ({
    title: `${typeof variable === 'string' ? `“${variable}”` : 'A value'} is missing`,
    text: 'Nothing was sent. Send the value, or give it a default in the template.',
  }),
  from_address_missing: {
    title: 'There is no address to send from',
    text: 'Nothing was sent. Give the organization or the template a sender first.',
  },
  idempotency_in_flight: {
    title: 'The same request is on its way',
    text: 'Ask again in a moment: you get the answer of the first one.',
  },
  idempotency_key_reused: {
    title: 'This key came with another request',
    text: 'Nothing was sent. Use a key of its own for each message.',
  },
  log_filter_unsupported: {
    title: 'These filters don’t work together',
    text: 'Nothing was read: among millions of messages it could take minutes. Take one of the filters away.',
  },
  sender_limit: ({ limit }) => ({
    title: 'There are too many senders',
    text: `Nothing was saved. ${formatCount(Number(limit))} are enough for anybody: remove one that is not used.`,
  }),
  sender_order: {
    title: 'The list of senders changed in the meantime',
    text: 'The order is as it was. Look at the list as it is now, then move it again.',
  },
  dkim_key_invalid: {
    title: 'This is no key for DKIM',
    text: 'Nothing was saved. Paste a private key as PEM, RSA of 1,024 to 4,096 bits or Ed25519, without a password.',
  },
  private_address: {
    title: 'This address is inside a private network',
    text: 'Nothing was saved. Whoever runs this server can allow it with ALLOW_PRIVATE_SENDERS=true.',
  },
} satisfies Record<ErrorCode, Words>;

const offline: ErrorWords = {
  title: 'The server can’t be reached',
  text: 'What you see may be out of date. Check your connection, then try again.',
};

const unexpected: ErrorWords = {
  title: 'Something went wrong on our side',
  text: 'Try again. If it stays, tell whoever runs this server the id below.',
};

/** The words for a failed request; every code has some, so that nobody ever reads a raw error. */
export function errorWords(error: ReadError): ErrorWords {
  if (error.code === 'offline') return offline;
  if (error.code === 'unexpected') return unexpected;
  const words = table[error.code] as Words;
  return typeof words === 'function' ? words(error.details) : words;
}
