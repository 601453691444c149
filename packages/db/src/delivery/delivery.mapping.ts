import { type Delivery, fold } from '@mini-crm/domain';
import type { Unowned } from '../organization/bound.ts';
import type { DeliveryDocument } from './delivery.model.ts';

/** The row of a document. */
export function toDelivery(document: DeliveryDocument): Delivery {
  const { _id, orgId: _orgId, foldedAddress: _folded, demo: _demo, ...rest } = document;
  return { id: _id, ...rest };
}

/** The document of a row. */
export function fromDelivery(delivery: Delivery): Unowned<DeliveryDocument> {
  const { id, ...rest } = delivery;
  return { _id: id, ...rest, foldedAddress: fold(delivery.address), clicks: [...delivery.clicks] };
}
