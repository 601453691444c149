import type { OrganizationId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** A message that a worker was let hand over under the frequency cap and whose outcome is not written yet. */
export interface CapSlot {
  /** The id of its row, see `deliveryId`. */
  key: string;
  /** Names the holder of its page: a reservation lives no longer than the hold. */
  token: string;
}

/** The reservations of one person on one channel, in the order in which they were made; `_id` is `channel:customerId`. */
export interface CapReservationDocument {
  _id: string;
  orgId: OrganizationId;
  slots: CapSlot[];
  /** By the database's clock: when nobody has come back for two days, no message can be on its way any more. */
  touchedAt: Date;
}

export const capReservationSchema = new Schema<CapReservationDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    slots: { type: Schema.Types.Mixed, required: true },
    touchedAt: { type: Date, required: true },
  },
  { collection: 'capReservations', versionKey: false },
);
capReservationSchema.index({ touchedAt: 1 }, { expireAfterSeconds: 2 * 86_400 });
