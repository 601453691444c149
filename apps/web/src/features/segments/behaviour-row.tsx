import { aggregateOperators, type FieldCatalogue, type Measure, unitField } from '@mini-crm/domain';
import { useBuilder } from './builder-context.tsx';
import { firstMeasuredTest } from './draft-test.ts';
import type { EditorBehaviour, Unit } from './editor-tree.ts';
import { EventFilters } from './event-filters.tsx';
import { EventTypesInput } from './event-types-input.tsx';
import { InlineSelect } from './inline-select.tsx';
import { measureChoices, measureId, withMeasure } from './measures.ts';
import type { OperandField } from './operand-input.tsx';
import classes from './rows.module.css';
import { SubjectSelect } from './subject-select.tsx';
import { TestInput, TestOptions } from './test-input.tsx';
import { WindowInput } from './window-input.tsx';

const number: OperandField = { type: 'number', options: [] };
const zeroIfNone: ReadonlySet<Measure['aggregate']> = new Set(['count', 'distinct', 'sum']);

/** A condition on what a customer did, as a line that reads aloud: orders, number, at least, 3, in the last 90 days. */
export function BehaviourWords({ leaf, label }: { readonly leaf: EditorBehaviour; readonly label: string }) {
  const { fields, actions } = useBuilder();
  const { measure, unit, eventTypes } = leaf;
  const choices = withMeasure(measureChoices(fields, unit, eventTypes), measure, unit, fields);
  const measured = 'field' in measure ? unitField(fields, unit, measure.field) : undefined;
  const isEdge = measure.aggregate === 'first' || measure.aggregate === 'last';
  const isPlain = measure.aggregate === 'count' || measure.aggregate === 'distinct';
  const tested = isPlain ? number : (measured ?? number);

  return (
    <div className={classes.line}>
      <SubjectSelect label={label} leaf={leaf} change={(subject) => aboutOthers(leaf, subject, fields)} />
      <EventTypesInput
        label={label}
        types={eventTypes}
        withoutFirst
        onChange={(types) => actions.replace({ ...leaf, eventTypes: types })}
      />
      <InlineSelect
        label={`${label}: measure`}
        value={measureId(measure)}
        options={choices.map(({ id, label: words }) => ({ value: id, label: words }))}
        searchable
        onChange={(id) => {
          const next = choices.find((one) => one.id === id)?.measure;
          if (!next) return;
          const field = 'field' in next ? unitField(fields, unit, next.field) : undefined;
          const test = sameKind(measure, next) ? leaf.test : firstMeasuredTest(next, field);
          const { orMissing: _, caseSensitive: __, ...rest } = leaf;
          actions.replace({ ...rest, measure: next, test });
        }}
      />
      <TestInput
        label={label}
        field={tested}
        test={leaf.test}
        {...(isEdge ? {} : { operators: aggregateOperators })}
        onChange={(test) => actions.replace({ ...leaf, test })}
      />
      <TestOptions
        label={label}
        field={tested}
        operator={leaf.test.operator}
        of={leaf}
        always={zeroIfNone.has(measure.aggregate)}
        onChange={actions.replace}
      />
      <WindowInput
        label={`${label}: time`}
        window={leaf.window}
        onChange={(window) => actions.replace({ ...leaf, window })}
      />
      <EventFilters
        label={label}
        eventTypes={eventTypes}
        unit={unit}
        where={leaf.where}
        onChange={(where) => actions.replace({ ...leaf, where })}
      />
    </div>
  );
}

const isAmount = ({ aggregate }: Measure) => ['sum', 'avg', 'min', 'max'].includes(aggregate);

/** Whether what was compared with still fits: another aggregate of the same field. */
const sameKind = (one: Measure, other: Measure) =>
  isAmount(one) && isAmount(other) && 'field' in one && 'field' in other && one.field === other.field;

/** Other events with the same question, where it can be asked of them; null is a new condition. */
function aboutOthers(leaf: EditorBehaviour, subject: string, fields: FieldCatalogue): EditorBehaviour | null {
  const [unit, type] = subject.split(':') as [Unit, string | undefined];
  if ((unit !== 'event' && unit !== 'line') || type === undefined) return null;
  const fits = measureChoices(fields, unit, [type]).some(({ id }) => id === measureId(leaf.measure));
  if (!fits || unit !== leaf.unit || leaf.where) return null;
  const others = leaf.eventTypes.slice(1).filter((one) => one !== type);
  return { ...leaf, eventTypes: [type, ...others] };
}
