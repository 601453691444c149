import { NumberInput } from '@mantine/core';
import type { Duration } from '@mini-crm/domain';
import type { DraftDuration } from './editor-tree.ts';
import { InlineSelect } from './inline-select.tsx';
import classes from './rows.module.css';

const units: readonly Duration['unit'][] = ['minutes', 'hours', 'days', 'weeks'];

interface DurationInputProps {
  readonly label: string;
  readonly value: DraftDuration;
  readonly onChange: (value: DraftDuration) => void;
}

/** A length of time by the clock: 7 days are 168 hours. */
export function DurationInput({ label, value, onChange }: DurationInputProps) {
  return (
    <>
      <NumberInput
        aria-label={`${label}: amount`}
        className={classes.amount}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        min={1}
        max={100_000}
        value={value.amount ?? ''}
        onChange={(next) => onChange({ ...value, amount: typeof next === 'number' ? next : undefined })}
      />
      <InlineSelect
        label={`${label}: unit`}
        value={value.unit}
        options={units.map((unit) => ({ value: unit, label: unit }))}
        onChange={(unit) => onChange({ ...value, unit })}
      />
    </>
  );
}
