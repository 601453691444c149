import { wholeNumber } from './encode.ts';
import type { LayoutWriter } from './layout-writer.ts';
import type { DeliveryRow, MemberRow, SuppressionRow } from './projection.ts';
import type { RowSink } from './row-sink.ts';

/** Writes messages as rows of `deliveryColumns`. */
export const deliveryWriter =
  (layout: LayoutWriter) =>
  (sink: RowSink, document: DeliveryRow, key: number): void => {
    const instants = [
      document.at,
      document.deliveredAt,
      document.bouncedAt,
      document.openedAt,
      document.clickedAt,
      document.machineOpenedAt,
      document.machineClickedAt,
      document.unsubscribedAt,
    ];
    sink.set(0, document._id);
    sink.set(1, key);
    sink.set(2, document.campaignId);
    sink.set(3, document.state === 'sent');
    instants.forEach((instant, i) => {
      if (!instant) return;
      sink.set(4 + i, wholeNumber(instant.getTime()));
      layout.sawInstant(instant.getTime());
    });
    sink.next();
  };

/** Writes suppressions as rows of `suppressionColumns`. */
export function suppressionWriter(sink: RowSink, { _id, channel, address }: SuppressionRow): void {
  sink.set(0, _id);
  sink.set(1, channel);
  sink.set(2, address);
  sink.next();
}

/** Writes places on lists as rows of `memberColumns`. */
export function memberWriter(sink: RowSink, { _id, segmentId }: MemberRow, key: number): void {
  sink.set(0, _id);
  sink.set(1, segmentId);
  sink.set(2, key);
  sink.next();
}
