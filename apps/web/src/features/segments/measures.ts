import type { Field, FieldCatalogue, Measure } from '@mini-crm/domain';

/** One way to measure what people did, as the row's second word. */
export interface MeasureChoice {
  /** Tells choices apart: `sum:total@event`. */
  readonly id: string;
  readonly label: string;
  readonly unit: 'event' | 'line';
  readonly measure: Measure;
}

type Aggregate = Measure['aggregate'];

export const measureId = (unit: 'event' | 'line', measure: Measure): string =>
  `${measure.aggregate}:${'field' in measure ? measure.field : ''}@${unit}`;

const lower = (label: string) => label.charAt(0).toLowerCase() + label.slice(1);

function labelOf(aggregate: Exclude<Aggregate, 'count'>, field: Field): string {
  if (field.path === 'at') return aggregate === 'first' ? 'time of the first' : 'time of the last';
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
  if (field.path === 'currency') return [];
  switch (field.type) {
    case 'money':
    case 'number':
      return ['sum', 'avg', 'min', 'max', 'first', 'last'];
    case 'string':
    case 'enum':
      return ['distinct', 'first', 'last'];
    default:
      return ['first', 'last'];
  }
}

function choices(unit: 'event' | 'line', fields: readonly Field[]): MeasureChoice[] {
  return fields.flatMap((field) =>
    aggregatesOf(field).map((aggregate): MeasureChoice => {
      const measure = { aggregate, field: field.path };
      return { id: measureId(unit, measure), label: labelOf(aggregate, field), unit, measure };
    }),
  );
}

/** All measures of an event type and of its lines, the most asked for first. Only orders and refunds have lines and totals. */
export function measureChoices(catalogue: FieldCatalogue, eventTypes: readonly string[]): MeasureChoice[] {
  const hasMoney = eventTypes.some((type) => type === 'order' || type === 'refund');
  const count: Measure = { aggregate: 'count' };
  const events = catalogue.event.filter(({ type }) => hasMoney || type !== 'money');
  return [
    { id: measureId('event', count), label: 'number', unit: 'event', measure: count },
    ...choices('event', events),
    ...(hasMoney
      ? [
          { id: measureId('line', count), label: 'number of lines', unit: 'line' as const, measure: count },
          ...choices('line', catalogue.line),
        ]
      : []),
  ];
}
