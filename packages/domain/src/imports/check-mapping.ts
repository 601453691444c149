import { type Attribute, maximumAttributes } from '../attributes/attribute.ts';
import type { DomainError } from '../errors/error-code.ts';
import { type CatalogueProperty, maximumEventProperties, standardProperties } from '../events/event-catalogue.ts';
import { err, ok, type Result } from '../result.ts';
import type { ColumnTarget, ImportKind } from './import.ts';

/** A fault of a mapping, for the words beside it. */
export type MappingFault =
  | 'columns_differ'
  | 'target_twice'
  | 'target_of_other_kind'
  | 'attribute_unknown'
  | 'attribute_exists'
  | 'attribute_limit'
  | 'property_type'
  | 'property_limit'
  | 'identity_missing'
  | 'customer_missing'
  | 'date_missing'
  | 'amount_missing';

const fault = (reason: MappingFault, column?: number): Result<never, DomainError> =>
  err({
    code: 'import_mapping_invalid',
    path: column === undefined ? ['columns'] : ['columns', column],
    details: { reason },
  });

/** Whether the targets fit the file's header, the kind of import and the catalogues of attributes and of events' properties. */
export function checkMapping(
  kind: ImportKind,
  width: number,
  targets: readonly ColumnTarget[],
  catalogue: readonly Attribute[],
  properties: readonly Pick<CatalogueProperty, 'name' | 'type'>[] = [],
): Result<void, DomainError> {
  if (targets.length !== width) return fault('columns_differ');
  const seen = new Set<string>();
  let added = 0;
  let addedProperties = 0;
  for (const [column, target] of targets.entries()) {
    if (target.type === 'ignore') continue;
    const ofOrders = target.type === 'order' || target.type === 'property';
    if (ofOrders !== (kind === 'orders')) return fault('target_of_other_kind', column);
    const key = keyOf(target);
    if (seen.has(key)) return fault('target_twice', column);
    seen.add(key);
    if (target.type === 'attribute' && !catalogue.some((attribute) => attribute.slug === target.slug)) {
      return fault('attribute_unknown', column);
    }
    if (target.type === 'property') {
      const known = [...properties, ...standardProperties].find(({ name }) => name === target.name);
      if (known && known.type !== target.valueType) return fault('property_type', column);
      if (!known) addedProperties++;
    }
    if (target.type === 'newAttribute') {
      added++;
      if (catalogue.some((attribute) => attribute.slug === target.slug)) return fault('attribute_exists', column);
    }
  }
  if (catalogue.length + added > maximumAttributes) return fault('attribute_limit');
  if (properties.length + addedProperties > maximumEventProperties) return fault('property_limit');
  if (kind === 'customers') {
    return seen.has('field:externalId') || seen.has('field:email') ? ok(undefined) : fault('identity_missing');
  }
  if (!seen.has('order:customerExternalId') && !seen.has('order:customerEmail')) return fault('customer_missing');
  if (!seen.has('order:orderedAt')) return fault('date_missing');
  return seen.has('order:amount') ? ok(undefined) : fault('amount_missing');
}

/** What may be the target of one column only. */
function keyOf(target: ColumnTarget): string {
  switch (target.type) {
    case 'field':
    case 'order':
      return `${target.type}:${target.field}`;
    case 'attribute':
    case 'newAttribute':
      return `attribute:${target.slug}`;
    case 'property':
      return `property:${target.name}`;
    case 'ignore':
      return 'ignore';
    default:
      return target satisfies never;
  }
}
