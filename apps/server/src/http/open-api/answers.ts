import { channels, consentStates, errorCodes, idSchema, itemFaultCodes } from '@mini-crm/domain';
import { z } from 'zod';

const count = z.int().min(0);
const instant = z.iso.datetime();
const text = z.string().nullable();

const refusedItemSchema = z
  .object({
    index: count.meta({ description: 'The item’s place in the request, from 0.' }),
    id: text.meta({ description: 'The id, external id or address that the item gave.' }),
    code: z.enum(itemFaultCodes),
    path: z.array(z.union([z.string(), z.int()])).meta({ description: 'Where in the item.' }),
    message: z.string().meta({ description: 'The reason, for people. Programs read the code.' }),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'RefusedItem' });

export const customersAnswerSchema = z
  .object({
    received: count,
    created: count,
    updated: count,
    unchanged: count,
    consentsKept: count.meta({
      description:
        'Items whose statement about consent changed nothing: somebody who withdrew stays so unless the item says renew, and an older statement never replaces a later one.',
    }),
    refused: z.array(refusedItemSchema),
  })
  .meta({ id: 'CustomersAnswer' });

export const eventsAnswerSchema = z
  .object({
    received: count,
    stored: count,
    duplicates: count.meta({ description: 'Items that were there already with the same content.' }),
    customersCreated: count,
    refused: z.array(refusedItemSchema),
  })
  .meta({ id: 'EventsAnswer' });

export const deliveryEventsAnswerSchema = z
  .object({
    received: count,
    recorded: count,
    unchanged: count.meta({ description: 'Items that say nothing new: the same was said before.' }),
    settled: count.meta({
      description: 'Messages of which nobody knew whether they had gone out, and which now count as sent.',
    }),
    refused: z.array(refusedItemSchema),
  })
  .meta({ id: 'DeliveryEventsAnswer' });

const heldConsentSchema = z
  .object({ state: z.enum(consentStates), at: instant, how: z.string(), source: z.string() })
  .meta({ id: 'HeldConsent' });

export const customerSchema = z
  .object({
    id: idSchema('customer'),
    externalId: text,
    email: text,
    phone: text,
    firstName: text,
    lastName: text,
    timeZone: text,
    locale: text,
    attributes: z.record(z.string(), z.unknown()),
    consents: z.partialRecord(z.enum(channels), heldConsentSchema),
    orderCount: count,
    revenue: z.int().meta({ description: 'Net of refunds, in minor units of the organization’s currency.' }),
    firstOrderAt: instant.nullable(),
    lastOrderAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'StoredCustomer' });

export const errorAnswerSchema = z
  .object({
    error: z
      .object({
        code: z.enum([...errorCodes, 'internal_error']),
        path: z.array(z.union([z.string(), z.int()])).optional(),
        details: z.record(z.string(), z.unknown()).optional(),
      })
      .meta({ description: 'What was refused; internal_error is a fault of ours, found in our log by requestId.' }),
    requestId: z.string(),
  })
  .meta({ id: 'Error' });
