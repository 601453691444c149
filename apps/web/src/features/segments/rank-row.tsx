import { NumberInput, Select } from '@mantine/core';
import { type FieldCatalogue, type Measure, unitField } from '@mini-crm/domain';
import { useBuilder } from './builder-context.tsx';
import { currencies } from './currencies.ts';
import type { EditorRank, Unit } from './editor-tree.ts';
import { EventFilters } from './event-filters.tsx';
import { EventTypesInput } from './event-types-input.tsx';
import { InlineSelect } from './inline-select.tsx';
import { hasMoney, measureChoices, measureId, withMeasure } from './measures.ts';
import classes from './rows.module.css';
import { SubjectSelect } from './subject-select.tsx';
import { WindowInput } from './window-input.tsx';

/** The best or the last people by what they did: the top 10 % by total, added up, of orders, in the last year. */
export function RankWords({ leaf, label }: { readonly leaf: EditorRank; readonly label: string }) {
  const { fields, currency, actions } = useBuilder();
  const { measure, unit, eventTypes } = leaf;
  const units: readonly Unit[] = hasMoney(eventTypes) || unit === 'line' ? ['event', 'line'] : ['event'];
  const choices = {
    event:
      unit === 'event'
        ? withMeasure(rankMeasures(fields, 'event', eventTypes), measure, unit, fields)
        : rankMeasures(fields, 'event', eventTypes),
    line:
      unit === 'line'
        ? withMeasure(rankMeasures(fields, 'line', eventTypes), measure, unit, fields)
        : rankMeasures(fields, 'line', eventTypes),
  };

  return (
    <div className={classes.line}>
      <SubjectSelect label={label} leaf={leaf} />
      <InlineSelect
        label={`${label}: which end`}
        value={leaf.direction}
        options={[
          { value: 'top', label: 'the best' },
          { value: 'bottom', label: 'the last' },
        ]}
        onChange={(direction) => actions.replace({ ...leaf, direction })}
      />
      <NumberInput
        aria-label={`${label}: how many`}
        className={classes.amount}
        hideControls
        min={0}
        max={leaf.of === 'percent' ? 100 : 10_000_000}
        decimalScale={leaf.of === 'percent' ? 2 : 0}
        allowNegative={false}
        value={leaf.amount ?? ''}
        onChange={(next) => actions.replace({ ...leaf, amount: typeof next === 'number' ? next : undefined })}
      />
      <InlineSelect
        label={`${label}: of what`}
        value={leaf.of}
        options={[
          { value: 'percent', label: '% of them' },
          { value: 'people', label: 'people' },
        ]}
        onChange={(of) => actions.replace({ ...leaf, of })}
      />
      <span className={classes.word}>by</span>
      <InlineSelect
        label={`${label}: measure`}
        value={`${unit}|${measureId(measure)}`}
        options={units.map((one) => ({
          group: one === 'event' ? 'Of each event' : 'Of each item bought',
          items: choices[one].map(({ id, label: words }) => ({ value: `${one}|${id}`, label: words })),
        }))}
        searchable
        onChange={(choice) => {
          const next = units.find((one) => choice.startsWith(`${one}|`)) ?? 'event';
          const found = choices[next].find(({ id }) => choice === `${next}|${id}`)?.measure;
          if (!found) return;
          // The details of an item mean nothing for a whole order.
          const where = next === unit ? leaf.where : undefined;
          actions.replace({
            ...leaf,
            unit: next,
            where,
            measure: rankMeasure(found, next, measure, { fields, currency }),
          });
        }}
      />
      {'currency' in measure && measure.currency !== undefined && (
        <>
          <span className={classes.word}>in</span>
          <Select
            aria-label={`${label}: currency`}
            className={classes.currency}
            data={currencies}
            searchable
            allowDeselect={false}
            value={measure.currency}
            onChange={(next) => next && actions.replace({ ...leaf, measure: { ...measure, currency: next } })}
          />
        </>
      )}
      <span className={classes.word}>of</span>
      <EventTypesInput
        label={label}
        types={eventTypes}
        onChange={(types) => actions.replace({ ...leaf, eventTypes: types })}
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

const rankMeasures = (fields: FieldCatalogue, unit: Unit, eventTypes: readonly string[]) =>
  measureChoices(fields, unit, eventTypes).filter(
    ({ measure: { aggregate } }) => aggregate !== 'first' && aggregate !== 'last',
  );

function rankMeasure(
  measure: Measure,
  unit: Unit,
  before: EditorRank['measure'],
  { fields, currency }: { readonly fields: FieldCatalogue; readonly currency: string },
): EditorRank['measure'] {
  if (measure.aggregate === 'count' || measure.aggregate === 'first' || measure.aggregate === 'last') {
    return { aggregate: 'count' };
  }
  const { aggregate, field } = measure;
  if (unitField(fields, unit, field)?.type !== 'money') return { aggregate, field };
  return { aggregate, field, currency: ('currency' in before && before.currency) || currency };
}
