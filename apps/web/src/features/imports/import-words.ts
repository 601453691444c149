import type { ColumnTarget, ImportKind, newAttributeTypes, propertyTypes } from '@mini-crm/domain';
import { errorWords } from '../../components/error-words.ts';
import { formatCount } from '../../components/format-number.ts';
import type { Tone } from '../../components/tone.ts';
import type { Outputs } from '../../trpc.ts';

export type ImportJob = Outputs['imports']['get'];
export type ImportSummary = Outputs['imports']['list']['items'][number];
export type Inspection = Outputs['imports']['inspect'];

type CustomerField = Extract<ColumnTarget, { type: 'field' }>['field'];
type OrderField = Extract<ColumnTarget, { type: 'order' }>['field'];

/** Fields of a customer, in the order in which they are offered. */
export const customerFieldWords: Record<CustomerField, string> = {
  externalId: 'Customer id',
  email: 'E-mail',
  phone: 'Phone',
  firstName: 'First name',
  lastName: 'Last name',
  name: 'Whole name',
  timeZone: 'Time zone',
  locale: 'Language',
};

export const orderFieldWords: Record<OrderField, string> = {
  orderId: 'Order id',
  customerExternalId: 'Customer id',
  customerEmail: 'Customer’s e-mail',
  orderedAt: 'Date of the order',
  amount: 'Amount',
  currency: 'Currency',
  quantity: 'Quantity',
  productId: 'Product id or SKU',
  productName: 'Product',
  category: 'Category',
  price: 'Price of one piece',
};

export const typeWords: Record<(typeof newAttributeTypes)[number] | (typeof propertyTypes)[number], string> = {
  string: 'Text',
  number: 'Number',
  boolean: 'Yes or no',
  date: 'Date',
  datetime: 'Date and time',
  money: 'Money',
  stringList: 'List of texts',
};

export const kindWords: Record<ImportKind, { readonly one: string; readonly many: string; readonly title: string }> = {
  customers: { one: 'customer', many: 'customers', title: 'Customers' },
  orders: { one: 'order', many: 'orders', title: 'Orders' },
};

interface StateWords {
  readonly word: string;
  readonly tone: Tone;
  readonly moving?: boolean;
  readonly hollow?: boolean;
}

/** The state of an import as a dot and a word. */
export function stateWords(job: Pick<ImportSummary, 'state' | 'phase' | 'cancelAsked' | 'counts'>): StateWords {
  switch (job.state) {
    case 'queued':
      return { word: 'Waiting', tone: 'neutral', hollow: true };
    case 'running':
      if (job.cancelAsked) return { word: 'Stopping', tone: 'warning', moving: true };
      if (job.phase === 'checking') return { word: 'Reading the file', tone: 'accent', moving: true };
      if (job.phase === 'summing') return { word: 'Adding up', tone: 'accent', moving: true };
      return { word: 'Importing', tone: 'accent', moving: true };
    case 'done':
      return job.counts.refused > 0
        ? { word: `Done, ${formatCount(job.counts.refused)} refused`, tone: 'warning' }
        : { word: 'Done', tone: 'success' };
    case 'failed':
      return { word: 'Failed', tone: 'danger' };
    case 'cancelled':
      return { word: 'Stopped', tone: 'neutral' };
    default:
      return job.state satisfies never;
  }
}

/** Whether nothing will change any more. */
export const isOver = ({ state }: Pick<ImportSummary, 'state'>): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled';

/** Why a whole import failed, and what to do. */
export function failureWords(failure: NonNullable<ImportJob['failure']>): {
  readonly title: string;
  readonly text: string;
} {
  switch (failure.code) {
    case 'upload_gone':
      return { title: 'The file is not here any more', text: 'Nothing was imported. Upload it again.' };
    case 'attribute_changed':
      return {
        title: `The attribute or property “${String(failure.details.slug)}” was deleted or has another type now`,
        text: 'Nothing was imported. Start again and look at where that column goes.',
      };
    case 'unexpected':
      return {
        title: 'The import broke off again and again',
        text: 'What was written so far stays. Tell whoever runs this server; the same file can be imported again, nothing is doubled.',
      };
    default:
      return errorWords({ code: failure.code, id: null, path: null, details: failure.details });
  }
}
