import { z } from 'zod';

/** The prefix that says what an id names. */
export const idPrefixes = {
  organization: 'org',
  user: 'usr',
  membership: 'mem',
  invitation: 'inv',
  attribute: 'atr',
  customer: 'cus',
  event: 'evt',
  segment: 'seg',
  campaign: 'cmp',
  run: 'run',
  import: 'imp',
  upload: 'upl',
  suppression: 'sup',
  outboxMessage: 'msg',
  apiKey: 'key',
  sender: 'snd',
  template: 'tpl',
  message: 'eml',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** A branded id: `cus_` and 26 time-ordered characters of Crockford's base 32. */
export type Id<K extends IdKind> = string & { readonly __id: K };

export type OrganizationId = Id<'organization'>;
export type UserId = Id<'user'>;
export type CustomerId = Id<'customer'>;
export type SegmentId = Id<'segment'>;
export type CampaignId = Id<'campaign'>;
export type RunId = Id<'run'>;
export type ImportId = Id<'import'>;
export type ApiKeyId = Id<'apiKey'>;
export type SenderId = Id<'sender'>;
export type TemplateId = Id<'template'>;
/** A transactional message; its row of the log has the same id. */
export type MessageId = Id<'message'>;

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** The schema of one kind of id; refuses an id of another kind. */
export function idSchema<K extends IdKind>(kind: K): z.ZodType<Id<K>, string> {
  const pattern = new RegExp(`^${idPrefixes[kind]}_[${alphabet}]{26}$`);
  return z.string().regex(pattern) as unknown as z.ZodType<Id<K>, string>;
}

/**
 * Builds an id from an instant (ms since 1970) and 16 random bytes, of which 10 are used: ULID's layout, in lower case.
 * Ids made later sort later. Source: the ULID specification.
 */
export function makeId<K extends IdKind>(kind: K, at: number, random: Uint8Array): Id<K> {
  let time = '';
  for (let rest = at, i = 0; i < 10; i++) {
    time = alphabet[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  let tail = '';
  for (let i = 0; i < 16; i++) tail += alphabet[(random[i] ?? 0) & 31];
  return `${idPrefixes[kind]}_${time}${tail}` as Id<K>;
}
