import { z } from 'zod';
import { attributeSlugSchema } from '../attributes/attribute.ts';
import { channelSchema } from '../customers/customer.ts';
import { propertyNameSchema, propertyTypeSchema } from '../events/event-catalogue.ts';
import { idSchema } from '../ids/id.ts';
import { currencySchema } from '../money/money.ts';
import { timeZoneSchema } from '../organizations/organization.ts';
import { oneLine } from '../text/plain-text.ts';
import { csvDelimiters } from './csv-rows.ts';

/** What a file holds: a customer a row, or an order a row. */
export const importKinds = ['customers', 'orders'] as const;
export const importKindSchema = z.enum(importKinds);
export type ImportKind = z.infer<typeof importKindSchema>;

/** `running` has phases: the whole file is checked before the first write, then written, then roll-ups are summed. */
export const importStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type ImportState = (typeof importStates)[number];
export const importPhases = ['checking', 'writing', 'summing'] as const;
export type ImportPhase = (typeof importPhases)[number];

export const customerColumnFields = [
  'externalId',
  'email',
  'phone',
  'firstName',
  'lastName',
  'name',
  'timeZone',
  'locale',
] as const;
export const orderColumnFields = [
  'orderId',
  'customerExternalId',
  'customerEmail',
  'orderedAt',
  'amount',
  'currency',
  'quantity',
  'productId',
  'productName',
  'category',
  'price',
] as const;

/** Types that a new attribute can get in an import; `enum` needs its options first, which no first row can tell. */
export const newAttributeTypes = ['string', 'number', 'boolean', 'date', 'datetime', 'money', 'stringList'] as const;

/** Where the values of one column go. */
export const columnTargetSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ignore') }),
  z.strictObject({ type: z.literal('field'), field: z.enum(customerColumnFields) }),
  z.strictObject({ type: z.literal('attribute'), slug: attributeSlugSchema }),
  z.strictObject({
    type: z.literal('newAttribute'),
    slug: attributeSlugSchema,
    label: oneLine(80).min(1),
    valueType: z.enum(newAttributeTypes),
  }),
  z.strictObject({ type: z.literal('order'), field: z.enum(orderColumnFields) }),
  z.strictObject({ type: z.literal('property'), name: propertyNameSchema, valueType: propertyTypeSchema }),
]);
export type ColumnTarget = z.infer<typeof columnTargetSchema>;

/** On what ground the people of a file may be written to: asked once, given to everybody in it who never said no. */
export const consentBasisSchema = z.strictObject({
  channel: channelSchema,
  how: oneLine(200).min(1),
  /** When they gave it. */
  at: z.iso.datetime({ offset: true }),
});
export type ConsentBasis = z.infer<typeof consentBasisSchema>;

export const dateOrders = ['dmy', 'mdy'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** How the texts of a file are read. */
export const importOptionsSchema = z.strictObject({
  /** A date or time without a zone is read in this one; a date without a time is its midnight. */
  zone: timeZoneSchema,
  /** The currency of amounts that do not name their own. */
  currency: currencySchema,
  decimalSign: z.enum(['.', ',']),
  /** What 03/04/2024 means; dates that begin with the year need no asking. */
  dateOrder: z.enum(dateOrders),
  consent: consentBasisSchema.nullable(),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

export const maximumColumns = 500;

export const startImportSchema = z.object({
  uploadId: idSchema('upload'),
  kind: importKindSchema,
  delimiter: z.enum(csvDelimiters),
  /** One target for each column of the header, in its order. */
  columns: z.array(columnTargetSchema).min(1).max(maximumColumns),
  options: importOptionsSchema,
  /** Reads and decides everything, and writes nothing. */
  dryRun: z.boolean(),
});
export type StartImport = z.infer<typeof startImportSchema>;

/** Rows by what became of them. `rows` is their sum. */
export interface ImportCounts {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
  /** People whose withdrawn consent or suppressed address stayed as it was, though the basis would have given consent. */
  readonly consentsKept: number;
}

export const noCounts: ImportCounts = { rows: 0, created: 0, updated: 0, unchanged: 0, refused: 0, consentsKept: 0 };

/** The sums of two counts. */
export function addCounts(a: ImportCounts, b: ImportCounts): ImportCounts {
  return {
    rows: a.rows + b.rows,
    created: a.created + b.created,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    refused: a.refused + b.refused,
    consentsKept: a.consentsKept + b.consentsKept,
  };
}

/** The columns of a file of refused rows that say where and why; ignored when the mended file comes back. */
export const refusedColumns = ['import_row', 'import_reason'] as const;
