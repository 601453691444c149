import { type CustomerId, deliveryId, type RunId, type SendAgainKind, sendAgainReasons } from '@mini-crm/domain';
import type { DeliveryDocument } from '../delivery/delivery.model.ts';
import type { Bound } from '../organization/bound.ts';

const batchSize = 500;

/** Those whom a run did not reach, for the run that sends it to them again. */
export function sendAgainRepository(deliveries: Bound<DeliveryDocument>) {
  const wanted = (kinds: readonly SendAgainKind[]) => ({
    $or: [
      ...(kinds.includes('missed')
        ? [{ state: { $in: ['failed', 'skipped'] }, reason: { $in: [...sendAgainReasons('missed')] } }]
        : []),
      ...(kinds.includes('unsure') ? [{ state: 'unknown' }] : []),
    ],
  });

  return {
    /**
     * Takes who of a run's recipients is of these kinds for another run and streams them in the order of their ids, behind
     * `after` where it is given. Each row can be taken once, by one run: so nobody gets it twice however many runs ask, and
     * whoever goes on after a crash finds the same people.
     */
    async *take(
      from: { readonly runId: RunId; readonly kinds: readonly SendAgainKind[] },
      by: RunId,
      after: CustomerId | null,
    ): AsyncGenerator<readonly CustomerId[]> {
      let last = after;
      for (;;) {
        // Rows are in the order of their customers, because an id is `run:customer`.
        const behind = last === null ? `${from.runId}:` : deliveryId(from.runId, last);
        const rows = await deliveries
          .find(
            {
              _id: { $gt: behind, $lt: `${from.runId};` },
              againBy: { $in: [null, by] },
              ...wanted(from.kinds),
            } as never,
            { projection: { customerId: 1 }, sort: { _id: 1 }, limit: batchSize },
          )
          .toArray();
        if (rows.length === 0) return;
        const ids = rows.map(({ _id }) => _id);
        await deliveries.updateMany(
          { _id: { $in: ids }, againBy: null, ...wanted(from.kinds) } as never,
          { $set: { againBy: by } },
          { writeConcern: { w: 'majority' } },
        );
        const taken = await deliveries
          .find({ _id: { $in: ids }, againBy: by }, { projection: { customerId: 1 }, sort: { _id: 1 } })
          .toArray();
        const people = taken.flatMap(({ customerId }) => customerId ?? []);
        if (people.length > 0) yield people;
        last = rows.at(-1)?.customerId ?? null;
        if (rows.length < batchSize || last === null) return;
      }
    },
  };
}

export type SendAgainRepository = ReturnType<typeof sendAgainRepository>;
