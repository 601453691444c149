import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import classes from './rows.module.css';

interface DecimalInputProps {
  readonly label: string;
  readonly placeholder: string;
  readonly decimals: number;
  readonly value: number | undefined;
  /** The value of a typed decimal; undefined for one that is none. */
  readonly read: (typed: string) => number | undefined;
  /** The decimal that stands for a value. */
  readonly show: (value: number) => number;
  readonly onChange: (value: number | undefined) => void;
}

/** A number as it is typed. What is half typed (`1.`) stays on the screen while its value is already told. */
export function DecimalInput({ label, placeholder, decimals, value, read, show, onChange }: DecimalInputProps) {
  const [typed, setTyped] = useState<number | string>(value === undefined ? '' : show(value));
  const parse = (text: number | string) => {
    const number = text === '' || text === '-' ? undefined : read(String(text));
    return number === undefined || Number.isNaN(number) ? undefined : number;
  };
  const shown = parse(typed) === value ? typed : value === undefined ? '' : show(value);
  return (
    <NumberInput
      aria-label={label}
      className={classes.number}
      placeholder={placeholder}
      decimalScale={decimals}
      hideControls
      value={shown}
      onChange={(next) => {
        setTyped(next);
        onChange(parse(next));
      }}
    />
  );
}
