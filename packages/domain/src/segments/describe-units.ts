import type { Window } from '../time/window.ts';
import { describeTest } from './describe-test.ts';
import { describeWindow } from './describe-window.ts';
import { type FieldCatalogue, unitField } from './fields.ts';
import type { UnitFilter } from './rule.ts';

/** A label inside a sentence: lower case unless it is an abbreviation. */
export const inSentence = (label: string): string =>
  /^[A-Z][a-z]/.test(label) ? label[0]?.toLowerCase() + label.slice(1) : label;

/** What the options of a leaf add to its sentence. */
export const describeOptions = ({
  orMissing,
  caseSensitive,
}: {
  orMissing?: boolean | undefined;
  caseSensitive?: boolean | undefined;
}): string => {
  const options = [...(orMissing ? ['or has no value'] : []), ...(caseSensitive ? ['case counts'] : [])];
  // In brackets, because an `and` may come next.
  return options.length === 0 ? '' : ` (${options.join('; ')})`;
};

/** The names of event types: `orders or refunds`. A type that the catalogue does not know goes by its own name. */
export function describeTypes(
  eventTypes: readonly string[],
  fields: FieldCatalogue,
  number: 'singular' | 'plural',
): string {
  const words = eventTypes.map((type) => fields.eventTypes.find((known) => known.type === type)?.[number] ?? type);
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

interface Units {
  readonly eventTypes: readonly string[];
  readonly unit: 'event' | 'line';
  readonly where?: UnitFilter | undefined;
  readonly window: Window;
}

/** The events or lines that are looked at, without their filter and window: `orders`, `order lines`. */
export function describeUnits({ eventTypes, unit }: Units, fields: FieldCatalogue, isOne: boolean): string {
  if (unit === 'event') return describeTypes(eventTypes, fields, isOne ? 'singular' : 'plural');
  return `${describeTypes(eventTypes, fields, 'singular')} ${isOne ? 'line' : 'lines'}`;
}

/** The filter and the window of units, as they stand behind their name: ` where total is ... in the last 3 days`. */
export function describeWhich({ unit, where, window }: Units, fields: FieldCatalogue): string {
  return `${describeWhere(where, unit, fields)}${spaced(describeWindow(window))}`;
}

const spaced = (text: string) => (text === '' ? '' : ` ${text}`);

/** A filter behind the name of what it filters, a group in brackets as more comes after it; empty where there is none. */
export const describeWhere = (where: UnitFilter | undefined, unit: 'event' | 'line', fields: FieldCatalogue): string =>
  where === undefined ? '' : ` where ${filterClause(where, unit, fields, false)}`;

function filterClause(filter: UnitFilter, unit: 'event' | 'line', fields: FieldCatalogue, isTop: boolean): string {
  switch (filter.type) {
    case 'all':
    case 'any': {
      const words = filter.children.map((child) => filterClause(child, unit, fields, false));
      const text = words.join(filter.type === 'all' ? ' and ' : ' or ');
      return isTop || words.length === 1 ? text : `(${text})`;
    }
    case 'not':
      return `not (${filterClause(filter.child, unit, fields, true)})`;
    case 'field':
      return `${fieldLabel(filter.field, unit, fields)} ${describeTest(filter.test)}${describeOptions(filter)}`;
    default:
      return filter satisfies never;
  }
}

/** The label of a field of units inside a sentence; one that the catalogue does not know goes by its path. */
export const fieldLabel = (path: string, unit: 'event' | 'line', fields: FieldCatalogue): string =>
  inSentence(unitField(fields, unit, path)?.label ?? path);
