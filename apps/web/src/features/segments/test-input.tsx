import { Checkbox, NumberInput } from '@mantine/core';
import { isNegative, type Operator, operatorsByType } from '@mini-crm/domain';
import { IconLetterCase } from '@tabler/icons-react';
import { operandKind, withOperator } from './draft-test.ts';
import type { DraftTest } from './editor-tree.ts';
import { IconToggle } from './icon-toggle.tsx';
import { InlineSelect } from './inline-select.tsx';
import { ManyInput, type OperandField, OperandInput } from './operand-input.tsx';
import { compareWords, operatorWords } from './operator-words.ts';
import classes from './rows.module.css';
import { WindowInput } from './window-input.tsx';

interface TestInputProps {
  /** What is compared, for screen readers: "Color". */
  readonly label: string;
  readonly field: OperandField;
  readonly test: DraftTest;
  readonly onChange: (test: DraftTest) => void;
  /** Fewer operators than the type has: those of a count. */
  readonly operators?: readonly Operator[];
}

/** A comparison and what with. */
export function TestInput({ label, field, test, onChange, operators }: TestInputProps) {
  const choices = operators ?? operatorsByType[field.type];
  return (
    <div className={classes.together}>
      <InlineSelect
        label={`${label}: comparison`}
        value={test.operator}
        options={choices.map((operator) => ({ value: operator, label: operatorWords(operator, field.type) }))}
        missing={operatorWords(test.operator, field.type)}
        onChange={(operator) => onChange(withOperator(test, operator))}
      />
      <Operands label={label} field={field} test={test} onChange={onChange} />
    </div>
  );
}

function Operands({ label, field, test, onChange }: Omit<TestInputProps, 'operators'>) {
  const operand = (name: 'value' | 'from' | 'to', words: string) => (
    <OperandInput
      label={`${label}: ${words}`}
      field={field}
      value={test[name]}
      onChange={(value) => onChange({ ...test, [name]: value })}
    />
  );
  switch (operandKind(test.operator)) {
    case 'nothing':
      return null;
    case 'one':
      return operand('value', 'value');
    case 'two':
      return (
        <>
          {operand('from', 'from')}
          <span className={classes.word}>and</span>
          {operand('to', 'to')}
        </>
      );
    case 'many':
      return (
        <ManyInput
          label={`${label}: values`}
          field={field}
          values={test.values ?? []}
          onChange={(values) => onChange({ ...test, values })}
        />
      );
    case 'window':
      return (
        <WindowInput
          label={`${label}: time`}
          window={test.window ?? { type: 'last', amount: 30, unit: 'days' }}
          ofDays={field.type === 'date'}
          bounded={test.operator === 'anniversary'}
          onChange={(window) => onChange({ ...test, window })}
        />
      );
    case 'size':
      return (
        <>
          <InlineSelect
            label={`${label}: how many`}
            value={(test.compare ?? 'gte') as keyof typeof compareWords}
            options={Object.entries(compareWords).map(([value, words]) => ({ value: value as 'eq', label: words }))}
            onChange={(compare) => onChange({ ...test, compare })}
          />
          <NumberInput
            aria-label={`${label}: number of entries`}
            className={classes.amount}
            allowDecimal={false}
            min={0}
            max={1000}
            hideControls
            value={typeof test.value === 'number' ? test.value : ''}
            onChange={(value) => onChange({ ...test, value: typeof value === 'number' ? value : undefined })}
          />
        </>
      );
    default:
      return null;
  }
}

interface Options {
  readonly orMissing?: boolean | undefined;
  readonly caseSensitive?: boolean | undefined;
}

interface TestOptionsProps<T extends Options> {
  readonly label: string;
  readonly field: OperandField;
  readonly operator: Operator;
  /** The row, whose options these are. */
  readonly of: T;
  readonly onChange: (row: T) => void;
  /** Nothing can be without a value: a count of nothing is 0. */
  readonly always?: boolean;
}

const isPresence = (operator: Operator) => operator === 'isSet' || operator === 'isEmpty';

/** What else a comparison can say: those without a value too, and whether upper and lower case count. */
export function TestOptions<T extends Options>({
  label,
  field,
  operator,
  of: row,
  onChange,
  always = false,
}: TestOptionsProps<T>) {
  const isText = (field.type === 'string' || field.type === 'stringList') && operator !== 'size';
  const canMiss = row.orMissing || (!always && isNegative(operator));
  return (
    <>
      {(row.caseSensitive || isText) && !isPresence(operator) && (
        <IconToggle
          label={
            row.caseSensitive
              ? `${label}: upper and lower case count. Ignore them`
              : `${label}: let upper and lower case count`
          }
          pressed={row.caseSensitive ?? false}
          onChange={(caseSensitive) => onChange({ ...row, caseSensitive: caseSensitive || undefined })}
        >
          <IconLetterCase size={16} stroke={1.7} />
        </IconToggle>
      )}
      {canMiss && (
        <Checkbox
          className={classes.missing}
          label="or has no value"
          checked={row.orMissing ?? false}
          onChange={(event) => onChange({ ...row, orMissing: event.currentTarget.checked || undefined })}
        />
      )}
    </>
  );
}
