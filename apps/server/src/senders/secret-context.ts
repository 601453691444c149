import type { SenderDocument } from '@mini-crm/db';

/** What a secret of a sender is sealed to: it opens for no other organization, sender or use. */
export const secretContext = (
  { orgId, _id }: Pick<SenderDocument, '_id' | 'orgId'>,
  field: 'password' | 'secret' | 'dkim',
): string => `${orgId}:${_id}:${field}`;
