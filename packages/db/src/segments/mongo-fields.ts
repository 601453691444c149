import { attributeSlugSchema, type ResolvedField } from '@mini-crm/domain';
import type { Document } from 'mongodb';
import type { MongoField } from './mongo-test.ts';

const stored = (path: string): MongoField => ({ path, folded: null });
const withFolded = (path: string): MongoField => ({ path, folded: `folded.${path}` });

const customerFields: ReadonlyMap<string, MongoField> = new Map([
  ...['email', 'firstName', 'lastName', 'phone', 'externalId', 'locale', 'timeZone'].map(
    (path) => [path, withFolded(path)] as const,
  ),
  ['createdAt', stored('createdAt')],
  // The states are lower-case words of ours: they are their own folded form.
  ...['email', 'sms'].map((channel) => {
    const path = `consents.${channel}.state`;
    return [`consents.${channel}`, { path, folded: path }] as const;
  }),
]);

/** Where a customer's field is stored; throws for one that is not known, so that nothing is passed over. */
export function customerMongoField({ path }: ResolvedField): MongoField {
  const known = customerFields.get(path);
  if (known) return known;
  const slug = attributeSlugSchema.parse(path.replace(/^attributes\./, ''));
  return { path: `attributes.${slug}`, folded: `foldedAttributes.${slug}` };
}

/** Where a field of an event or an unwound line is stored. Their texts are not stored folded. */
export function unitMongoField({ path }: ResolvedField): MongoField {
  switch (path) {
    case 'at':
    case 'currency':
      return stored(path);
    case 'line.product':
      return stored('lines.productId');
    case 'line.name':
    case 'line.category':
    case 'line.quantity':
      return stored(path.replace('line.', 'lines.'));
    default: {
      if (!path.startsWith('properties.')) throw new Error(`No plain event field "${path}"`);
      return stored(`properties.${attributeSlugSchema.parse(path.slice('properties.'.length))}`);
    }
  }
}

/** An amount of a unit: the paths that have to be numbers, and the expression that makes it. */
export interface MongoAmount {
  readonly paths: readonly string[];
  readonly expression: Document | string;
}

const amounts: ReadonlyMap<string, MongoAmount> = new Map<string, MongoAmount>([
  ['total', { paths: ['total'], expression: '$total' }],
  ['line.price', { paths: ['lines.price'], expression: '$lines.price' }],
  [
    'line.amount',
    { paths: ['lines.price', 'lines.quantity'], expression: { $multiply: ['$lines.price', '$lines.quantity'] } },
  ],
]);

/** How an amount of money, always in its event's `currency`, is made of a unit. */
export function unitAmount({ path }: ResolvedField): MongoAmount {
  const known = amounts.get(path);
  if (!known) throw new Error(`No amount "${path}"`);
  return known;
}
