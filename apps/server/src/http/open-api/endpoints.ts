import {
  type ApiScope,
  customerItemSchema,
  deliveryEventItemSchema,
  emailAddressSchema,
  eventItemSchema,
  idSchema,
  ingestLimits,
  oneLine,
  orderItemSchema,
  refundItemSchema,
} from '@mini-crm/domain';
import { z } from 'zod';
import { asBatch } from '../../ingest/as-batch.ts';
import type { IngestContext } from '../../ingest/ingest-context.ts';
import { ingestCustomers } from '../../ingest/ingest-customers.ts';
import { ingestDeliveryEvents } from '../../ingest/ingest-delivery-events.ts';
import { ingestEvents, ingestOrders, ingestRefunds } from '../../ingest/ingest-events.ts';
import { customerSchema, customersAnswerSchema, deliveryEventsAnswerSchema, eventsAnswerSchema } from './answers.ts';
import { findCustomers, readCustomer } from './customer-reads.ts';
import { messageEndpoints } from './message-endpoints.ts';

/** An address of the REST API: what it takes and answers, as one description for the server and for its OpenAPI document. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Below `/api/v1`, with parameters as OpenAPI writes them. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly scope: ApiScope;
  /** What a batch's items are called and are; the server checks each by itself. */
  readonly items?: { readonly name: string; readonly schema: z.ZodType };
  /** A body that is one thing and no batch. */
  readonly body?: z.ZodObject;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Headers that the request may have, and that the answer has beside those of the limit. */
  readonly headers?: z.ZodObject;
  readonly answerHeaders?: z.ZodObject;
  /** 202 where the answer comes before the work is done. */
  readonly status?: 200 | 202;
  /** What is refused beside what every address refuses, by status. */
  readonly refusals?: Readonly<Partial<Record<'400' | '409' | '412' | '422', string>>>;
  readonly answer: z.ZodType;
  run(ctx: IngestContext, request: EndpointRequest): Promise<unknown>;
}

export interface EndpointRequest {
  readonly items: readonly unknown[];
  readonly body: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** A header of the request, by its name in lower case. */
  header(name: string): string | undefined;
  /** Puts a header into the answer. */
  say(name: string, value: string): void;
}

const refusedItems =
  'Each item is taken or refused by itself; the answer says which were refused and why, and is 200 also where all were.';

/** Every address of the REST API. */
export const endpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/customers',
    operationId: 'upsertCustomers',
    summary: 'Add and change customers',
    description: `A customer is found by externalId, else by email, else created. null takes a value away, what is left out stays. ${refusedItems}`,
    scope: 'customers:write',
    items: { name: 'customers', schema: customerItemSchema },
    answer: customersAnswerSchema,
    run: (ctx, { items }) => ingestCustomers(ctx, asBatch(items)),
  },
  {
    method: 'GET',
    path: '/customers',
    operationId: 'findCustomers',
    summary: 'Find a customer by external id or address',
    scope: 'customers:read',
    query: z.object({
      externalId: oneLine(200).min(1).optional(),
      email: emailAddressSchema.optional(),
    }),
    answer: z.object({ customers: z.array(customerSchema) }),
    run: (ctx, { query }) => findCustomers(ctx, query),
  },
  {
    method: 'GET',
    path: '/customers/{customerId}',
    operationId: 'getCustomer',
    summary: 'Read a customer',
    scope: 'customers:read',
    params: z.object({ customerId: idSchema('customer') }),
    answer: customerSchema,
    run: (ctx, { params }) => readCustomer(ctx, params),
  },
  {
    method: 'POST',
    path: '/orders',
    operationId: 'addOrders',
    summary: 'Store orders',
    description: `The same order again changes nothing; another content under its id is refused as event_conflict. ${refusedItems}`,
    scope: 'events:write',
    items: { name: 'orders', schema: orderItemSchema },
    answer: eventsAnswerSchema,
    run: (ctx, { items }) => ingestOrders(ctx, asBatch(items)),
  },
  {
    method: 'POST',
    path: '/refunds',
    operationId: 'addRefunds',
    summary: 'Store refunds',
    description: `Ids of refunds are their own: a refund may have the id of its order. ${refusedItems}`,
    scope: 'events:write',
    items: { name: 'refunds', schema: refundItemSchema },
    answer: eventsAnswerSchema,
    run: (ctx, { items }) => ingestRefunds(ctx, asBatch(items)),
  },
  {
    method: 'POST',
    path: '/events',
    operationId: 'addEvents',
    summary: 'Store events of your own types, calls, notes, visits and tickets',
    description: `The same event again changes nothing; another content under its id is refused as event_conflict. ${refusedItems} At most ${ingestLimits.items} items a request.`,
    scope: 'events:write',
    items: { name: 'events', schema: eventItemSchema },
    answer: eventsAnswerSchema,
    run: (ctx, { items }) => ingestEvents(ctx, asBatch(items)),
  },
  {
    method: 'POST',
    path: '/delivery-events',
    operationId: 'reportDeliveryEvents',
    summary: 'Report what became of messages',
    description: `What a mail provider says after it took a message: delivered, bounced, complained. A hard bounce and a complaint suppress the address. The same again changes nothing. ${refusedItems}`,
    scope: 'deliveries:report',
    items: { name: 'events', schema: deliveryEventItemSchema },
    answer: deliveryEventsAnswerSchema,
    run: (ctx, { items }) => ingestDeliveryEvents(ctx, asBatch(items)),
  },
  ...messageEndpoints,
];
