import { describeUnits, describeWhich, fieldLabel } from './describe-units.ts';
import type { FieldCatalogue } from './fields.ts';
import type { RankNode } from './rule.ts';

const numberFormat = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** A rank as it stands after "customers": `who are among the top 10% by revenue in USD from orders this year`. */
export function describeRank(node: RankNode, fields: FieldCatalogue): string {
  const amount = `${numberFormat.format(node.amount)}${node.of === 'percent' ? '%' : ''}`;
  return `who are among the ${node.direction} ${amount} by ${measureWords(node, fields)}`;
}

function measureWords(node: RankNode, fields: FieldCatalogue): string {
  const { measure } = node;
  const many = `${describeUnits(node, fields, false)}${describeWhich(node, fields)}`;
  if (measure.aggregate === 'count') return `number of ${many}`;
  const currency = measure.currency === undefined ? '' : ` in ${measure.currency}`;
  const label = fieldLabel(measure.field, node.unit, fields);
  switch (measure.aggregate) {
    case 'sum':
      return measure.field === 'total' ? `revenue${currency} from ${many}` : `total ${label}${currency} of ${many}`;
    case 'avg':
      return `average ${label}${currency} of ${many}`;
    case 'min':
      return `lowest ${label}${currency} of ${many}`;
    case 'max':
      return `highest ${label}${currency} of ${many}`;
    case 'distinct':
      return `number of different values of ${label} in ${many}`;
    default:
      return measure satisfies never;
  }
}
