import { type CampaignDelivery, type Delivery, fold } from '@mini-crm/domain';
import type { Unowned } from '../organization/bound.ts';
import type { CampaignDeliveryDocument, DeliveryDocument } from './delivery.model.ts';

/** The row of a document. One that names no kind is a campaign's, as all were once. */
export function toDelivery(document: DeliveryDocument): Delivery {
  const { _id, orgId: _orgId, foldedAddress: _folded, demo: _demo, kind = 'campaign', ...others } = document;
  const { visits: _visits, reactedBy: _by, ...rest } = others;
  return { id: _id, kind, ...rest } as Delivery;
}

/** The document of a row; a campaign's does not name its kind, because nearly all rows are of campaigns. */
export function fromDelivery(delivery: CampaignDelivery): Unowned<CampaignDeliveryDocument>;
export function fromDelivery(delivery: Delivery): Unowned<DeliveryDocument>;
export function fromDelivery({ id, kind, ...rest }: Delivery): Unowned<DeliveryDocument> {
  return {
    _id: id,
    ...(kind === 'transactional' ? { kind } : {}),
    ...rest,
    foldedAddress: fold(rest.address),
    clicks: [...rest.clicks],
  };
}
