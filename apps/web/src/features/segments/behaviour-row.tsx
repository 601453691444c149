import { aggregateOperators, type FieldCatalogue, unitField } from '@mini-crm/domain';
import { capital, newCondition, subjectOptions } from './condition-picker.tsx';
import { firstMeasuredTest } from './draft-test.ts';
import type { EditorBehaviour, EditorLeaf } from './editor-tree.ts';
import { FilterList } from './filter-list.tsx';
import { InlineSelect } from './inline-select.tsx';
import { type MeasureChoice, measureChoices, measureId } from './measures.ts';
import type { OperandField } from './operand-input.tsx';
import classes from './rows.module.css';
import { OrMissing, TestInput } from './test-input.tsx';
import { WindowInput } from './window-input.tsx';

interface BehaviourWordsProps {
  readonly leaf: EditorBehaviour;
  readonly fields: FieldCatalogue;
  readonly onChange: (leaf: EditorLeaf) => void;
  readonly zone: string | undefined;
  readonly faultAt: (key: string) => string | null;
}

const number: OperandField = { type: 'number', options: [] };

/** A condition on what a customer did, as a line that reads aloud: orders, number, at least, 3, in the last 90 days. */
export function BehaviourWords({ leaf, fields, onChange, zone, faultAt }: BehaviourWordsProps) {
  const label = eventWords(leaf.eventTypes, fields);
  const measures = measureChoices(fields, leaf.eventTypes);
  const { measure } = leaf;
  const measured = 'field' in measure ? unitField(fields, leaf.unit, measure.field) : undefined;
  const isEdge = measure.aggregate === 'first' || measure.aggregate === 'last';
  const isPlain = measure.aggregate === 'count' || measure.aggregate === 'distinct';
  const more = fields.eventTypes.filter(({ type }) => !leaf.eventTypes.includes(type));

  function changeMeasure({ measure: next, unit }: MeasureChoice) {
    const field = 'field' in next ? unitField(fields, unit, next.field) : undefined;
    onChange({
      ...leaf,
      measure: next,
      unit,
      test: firstMeasuredTest(next, field),
      orMissing: false,
      // The details of a line mean nothing for an event.
      where: unit === leaf.unit ? leaf.where : undefined,
    });
  }

  return (
    <>
      <div className={classes.line}>
        <InlineSelect
          label={`${label}: subject`}
          value={`event:${leaf.eventTypes[0] ?? ''}`}
          options={subjectOptions(fields)}
          searchable
          onChange={(subject) =>
            onChange(
              subject.startsWith('event:') && leaf.eventTypes.length === 1
                ? changeType(leaf, subject.slice('event:'.length), fields)
                : { ...newCondition(subject, fields), key: leaf.key },
            )
          }
        />
        {leaf.eventTypes.slice(1).map((type) => (
          <InlineSelect
            key={type}
            label={`${label}: another kind`}
            value={type}
            options={[
              { value: type, label: `or ${eventWords([type], fields)}` },
              ...more.map((one) => ({ value: one.type, label: `or ${one.plural}` })),
              { value: '', label: 'nothing else' },
            ]}
            onChange={(next) =>
              onChange({
                ...leaf,
                eventTypes: leaf.eventTypes.flatMap((one) => (one !== type ? [one] : next === '' ? [] : [next])),
              })
            }
          />
        ))}
        <InlineSelect
          label={`${label}: measure`}
          value={measureId(leaf.unit, measure)}
          options={measures.map(({ id, label: words }) => ({ value: id, label: words }))}
          searchable
          onChange={(id) => {
            const choice = measures.find((one) => one.id === id);
            if (choice) changeMeasure(choice);
          }}
        />
        <TestInput
          label={label}
          field={isPlain ? number : (measured ?? number)}
          test={leaf.test}
          zone={zone}
          {...(isEdge ? {} : { operators: aggregateOperators })}
          onChange={(test) => onChange({ ...leaf, test })}
        />
        {!isPlain && measure.aggregate !== 'sum' && (
          <OrMissing
            operator={leaf.test.operator}
            orMissing={leaf.orMissing}
            onChange={(orMissing) => onChange({ ...leaf, orMissing })}
          />
        )}
        <WindowInput
          label={`${label}: time`}
          window={leaf.window}
          zone={zone}
          onChange={(window) => onChange({ ...leaf, window })}
        />
      </div>
      <FilterList leaf={leaf} fields={fields} onChange={onChange} zone={zone} faultAt={faultAt} />
    </>
  );
}

/** `Orders or refunds`, as the row is called. */
export function eventWords(eventTypes: readonly string[], fields: FieldCatalogue): string {
  const words = eventTypes.map((type) => fields.eventTypes.find((known) => known.type === type)?.plural ?? type);
  return capital(words.join(' or '));
}

/** Other events with the same question, where it can be asked of them. */
function changeType(leaf: EditorBehaviour, type: string, fields: FieldCatalogue): EditorBehaviour {
  const fits = measureChoices(fields, [type]).some(({ id }) => id === measureId(leaf.unit, leaf.measure));
  if (fits) return { ...leaf, eventTypes: [type] };
  const { where: _, ...rest } = leaf;
  const measure = { aggregate: 'count' } as const;
  return { ...rest, eventTypes: [type], unit: 'event', measure, test: firstMeasuredTest(measure, undefined) };
}
