import { type Field, type FieldCatalogue, type Measure, unitField } from '@mini-crm/domain';
import type { Unit } from './editor-tree.ts';

/** One way to measure what people did, as the row's second word. */
export interface MeasureChoice {
  /** Tells choices apart: `sum:total`. */
  readonly id: string;
  readonly label: string;
  readonly measure: Measure;
}

type Aggregate = Measure['aggregate'];

/** Names a measure among the choices. */
export const measureId = (measure: Measure): string =>
  `${measure.aggregate}:${'field' in measure ? measure.field : ''}`;

const lower = (label: string) => (/^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label);

function labelOf(aggregate: Exclude<Aggregate, 'count'>, field: Pick<Field, 'path' | 'label'>): string {
  if (field.path === 'at' && (aggregate === 'first' || aggregate === 'last')) return `time of the ${aggregate}`;
  const name = lower(field.label);
  const labels: Record<Exclude<Aggregate, 'count'>, string> = {
    sum: `${name}, added up`,
    avg: `average ${name}`,
    min: `lowest ${name}`,
    max: `highest ${name}`,
    distinct: `number of different values of ${name}`,
    first: `${name} of the first`,
    last: `${name} of the last`,
  };
  return labels[aggregate];
}

function aggregatesOf(field: Field): readonly Exclude<Aggregate, 'count'>[] {
  switch (field.type) {
    case 'money':
      return ['sum', 'avg', 'min', 'max', 'first', 'last'];
    case 'number':
      return ['sum', 'avg', 'min', 'max', 'distinct', 'first', 'last'];
    case 'string':
    case 'enum':
      return ['distinct', 'first', 'last'];
    default:
      return ['first', 'last'];
  }
}

/** Whether some of these types have totals and lines. */
export const hasMoney = (eventTypes: readonly string[]) =>
  eventTypes.some((type) => type === 'order' || type === 'refund');

/** The fields of one unit of some types: totals only where there is money, properties only of the types that have them. */
export function unitFields(catalogue: FieldCatalogue, unit: Unit, eventTypes: readonly string[]): readonly Field[] {
  const known = new Set(
    catalogue.eventTypes.filter(({ type }) => eventTypes.includes(type)).flatMap(({ properties }) => properties),
  );
  const events = catalogue.event.filter(({ path }) => {
    if (path.startsWith('properties.')) return known.has(path);
    return path === 'at' || hasMoney(eventTypes);
  });
  return unit === 'line' ? [...catalogue.line, ...events] : events;
}

/** All measures of some types of events or their lines, the most asked for first. */
export function measureChoices(
  catalogue: FieldCatalogue,
  unit: Unit,
  eventTypes: readonly string[],
): readonly MeasureChoice[] {
  const count: Measure = { aggregate: 'count' };
  // A line has the total of its order, which added up over lines says nothing.
  const fields = unitFields(catalogue, unit, eventTypes).filter(({ path }) => unit === 'event' || path !== 'total');
  return [
    { id: measureId(count), label: unit === 'line' ? 'number of lines' : 'number', measure: count },
    ...fields.flatMap((field) =>
      aggregatesOf(field).map((aggregate): MeasureChoice => {
        const measure = { aggregate, field: field.path };
        return { id: measureId(measure), label: labelOf(aggregate, field), measure };
      }),
    ),
  ];
}

/** The choices, and a measure that is set but is none of them: a stored rule may name a field that is gone. */
export function withMeasure(
  choices: readonly MeasureChoice[],
  measure: Measure,
  unit: Unit,
  catalogue: FieldCatalogue,
): readonly MeasureChoice[] {
  if (!('field' in measure) || choices.some(({ id }) => id === measureId(measure))) return choices;
  const field = unitField(catalogue, unit, measure.field) ?? { path: measure.field, label: measure.field };
  return [...choices, { id: measureId(measure), label: labelOf(measure.aggregate, field), measure }];
}
