import {
  customerItemSchema,
  deliveryEventItemSchema,
  eventItemSchema,
  orderItemSchema,
  refundItemSchema,
} from '@mini-crm/domain';
import { z } from 'zod';
import { ingestProcedure, router } from '../trpc.ts';
import { asBatch } from './as-batch.ts';
import { ingestCustomers } from './ingest-customers.ts';
import { ingestDeliveryEvents } from './ingest-delivery-events.ts';
import { ingestEvents, ingestOrders, ingestRefunds } from './ingest-events.ts';

/** Items typed for the caller and not checked here: each is checked by itself, so that a wrong one leaves the others alone. */
const listOf = <T extends z.ZodType>(_item: T) => z.array(z.custom<z.input<T>>());

/** Data of other programs coming in, by batches: the same as the REST API under `/api/v1`. */
export const ingestRouter = router({
  customers: ingestProcedure('customers:write')
    .input(z.object({ customers: listOf(customerItemSchema) }))
    .mutation(({ ctx, input }) => ingestCustomers(ctx.ingest, asBatch(input.customers))),
  orders: ingestProcedure('events:write')
    .input(z.object({ orders: listOf(orderItemSchema) }))
    .mutation(({ ctx, input }) => ingestOrders(ctx.ingest, asBatch(input.orders))),
  refunds: ingestProcedure('events:write')
    .input(z.object({ refunds: listOf(refundItemSchema) }))
    .mutation(({ ctx, input }) => ingestRefunds(ctx.ingest, asBatch(input.refunds))),
  events: ingestProcedure('events:write')
    .input(z.object({ events: listOf(eventItemSchema) }))
    .mutation(({ ctx, input }) => ingestEvents(ctx.ingest, asBatch(input.events))),
  deliveryEvents: ingestProcedure('deliveries:report')
    .input(z.object({ events: listOf(deliveryEventItemSchema) }))
    .mutation(({ ctx, input }) => ingestDeliveryEvents(ctx.ingest, asBatch(input.events))),
});
