import type { OrganizationDatabase } from '@mini-crm/db';
import {
  type DeliveryReason,
  type DomainError,
  err,
  type MessageId,
  type MessageState,
  ok,
  type Result,
  type TemplateId,
} from '@mini-crm/domain';

/** What became of a message, as programs read it. */
export interface MessageStatus {
  readonly id: MessageId;
  readonly state: MessageState;
  readonly reason: DeliveryReason | null;
  /** The provider's words. */
  readonly detail: string | null;
  readonly templateId: TemplateId;
  readonly templateVersion: number;
  readonly customerId: string | null;
  readonly to: string;
  readonly attempts: number;
  readonly createdAt: Date;
  /** When it was settled; null before. */
  readonly at: Date | null;
  readonly deliveredAt: Date | null;
  readonly bouncedAt: Date | null;
  readonly complainedAt: Date | null;
  readonly openedAt: Date | null;
  readonly clickedAt: Date | null;
}

/** One message of a program's; another organization's is not found. */
export async function messageStatus(
  db: OrganizationDatabase,
  id: MessageId,
): Promise<Result<MessageStatus, DomainError>> {
  const [message, row] = await Promise.all([db.transactionalMessages.get(id), db.deliveries.get(id)]);
  if (!message) return err({ code: 'not_found' });
  return ok({
    id,
    state: row?.state ?? (message.marked ? 'sending' : 'queued'),
    reason: row?.reason ?? null,
    detail: row?.detail ?? null,
    templateId: message.templateId,
    templateVersion: message.templateVersion,
    customerId: message.customerId,
    to: message.address,
    // A message that waits for its second attempt has had one.
    attempts: row?.attempt ?? message.attempt - 1,
    createdAt: message.createdAt,
    at: row?.at ?? null,
    deliveredAt: row?.deliveredAt ?? null,
    bouncedAt: row?.bouncedAt ?? null,
    complainedAt: row?.complainedAt ?? null,
    openedAt: row?.openedAt ?? null,
    clickedAt: row?.clickedAt ?? null,
  });
}
