import { type Delivery, fold, isEmptyFilter, type MessageFilter, planLog } from '@mini-crm/domain';
import type { CustomerDocument } from '../customers/customer.model.ts';
import { toDelivery } from '../delivery/delivery.mapping.ts';
import type { DeliveryDocument } from '../delivery/delivery.model.ts';
import type { StreamPosition } from '../events/stream-position.ts';
import type { Bound } from '../organization/bound.ts';
import { type LogQuery, logQuery, transactionalAddressQuery } from './log-query.ts';
import { readNewest } from './read-newest.ts';

const exportPage = 1000;

/** The messages of one organization as the communication log reads them: over all campaigns, filtered, the newest first. */
export function messageLogRepository(deliveries: Bound<DeliveryDocument>, customers: Bound<CustomerDocument>) {
  /** The reads of a filter, mostly one; none where nothing can fit. */
  async function queriesOf(filter: MessageFilter): Promise<readonly LogQuery[]> {
    const plan = planLog(filter);
    if (!plan.ok) throw new Error(`The log has no index for ${JSON.stringify(plan.error.details?.asked)}`);
    const read = plan.value.messages;
    if (read === null || isEmptyFilter(filter)) return [];
    if (read !== 'address') return [logQuery(read, filter)];
    const address = filter.address ?? '';
    const owner = await customers.findOne({ 'folded.email': fold(address) } as object, { projection: { _id: 1 } });
    const own = owner ? logQuery('customer', { ...filter, customerId: owner._id }) : null;
    const queries = [transactionalAddressQuery(filter, address)];
    if (!own || filter.show === 'transactional' || filter.templateId) return queries;
    return [...queries, { ...own, where: { ...own.where, kind: { $exists: false } } }];
  }

  async function page(filter: MessageFilter, after: StreamPosition | null, limit: number): Promise<Delivery[]> {
    const lists = await Promise.all(
      (await queriesOf(filter)).map((query) => readNewest(deliveries, query, after, limit)),
    );
    const [only] = lists;
    if (lists.length === 1 && only) return only.map(toDelivery);
    const all = lists.flat().sort((a, b) => b.at.getTime() - a.at.getTime() || (a._id < b._id ? 1 : -1));
    return all.slice(0, limit).map(toDelivery);
  }

  return {
    /**
     * Up to `limit` messages behind a position.
     * @throws where no index serves the filter; `planLog` says so before.
     */
    page,

    /** How many there are; stops counting at `limit`. */
    async count(filter: MessageFilter, limit: number): Promise<number> {
      const queries = await queriesOf(filter);
      const counts = await Promise.all(queries.map(({ where, hint }) => deliveries.count(where, { limit, hint })));
      return Math.min(
        limit,
        counts.reduce((sum, count) => sum + count, 0),
      );
    },

    /**
     * All of them, one after the other, for a file. It is read page by page, so memory does not grow with their number, and
     * whoever takes an hour to read it holds no cursor meanwhile.
     */
    async *stream(filter: MessageFilter): AsyncGenerator<Delivery> {
      let after: StreamPosition | null = null;
      for (;;) {
        const found: Delivery[] = await page(filter, after, exportPage);
        yield* found;
        const last = found.at(-1);
        if (!last || found.length < exportPage) return;
        after = { at: last.at, below: { id: last.id } };
      }
    },
  };
}

export type MessageLogRepository = ReturnType<typeof messageLogRepository>;
