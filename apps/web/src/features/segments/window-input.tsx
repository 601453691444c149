import { NumberInput, TextInput } from '@mantine/core';
import { calendarUnits, lengthUnits, periodUnits, type Window, windowSchema } from '@mini-crm/domain';
import { IconClock } from '@tabler/icons-react';
import { useNow } from '../../components/use-now.ts';
import { useBuilder } from './builder-context.tsx';
import type { DraftWindow } from './editor-tree.ts';
import { IconToggle } from './icon-toggle.tsx';
import { InlineSelect } from './inline-select.tsx';
import { periodWords, windowWords } from './operator-words.ts';
import classes from './rows.module.css';
import { windowDates } from './window-dates.ts';

interface WindowInputProps {
  readonly label: string;
  readonly window: DraftWindow;
  readonly onChange: (window: DraftWindow) => void;
  /** Of dates without a time: no hours. */
  readonly ofDays?: boolean;
  /** Of anniversaries: with both ends. */
  readonly bounded?: boolean;
}

type WindowType = Window['type'];
const all: readonly WindowType[] = [
  'ever',
  'last',
  'moreThanAgo',
  'betweenAgo',
  'next',
  'this',
  'previous',
  'on',
  'before',
  'after',
  'since',
  'between',
];
const relative: ReadonlySet<WindowType> = new Set(['last', 'moreThanAgo', 'betweenAgo', 'next']);
const endless: ReadonlySet<WindowType> = new Set(['ever', 'moreThanAgo', 'before', 'after', 'since']);

/** A stretch of time in words, with its dates behind. */
export function WindowInput({ label, window, onChange, ofDays = false, bounded = false }: WindowInputProps) {
  const { zone } = useBuilder();
  const now = useNow();
  const types = all.filter((type) => !bounded || !endless.has(type));
  const sound = windowSchema.safeParse(window);
  const dates = sound.success ? windowDates(sound.data, { now, zone }, ofDays) : '';
  const set = (part: object) => onChange({ ...window, ...part });
  return (
    <div className={classes.together}>
      <InlineSelect
        label={label}
        value={window.type}
        options={types.map((type) => ({ value: type, label: windowWords[type] }))}
        onChange={(type) => onChange(startWindow(type, window))}
      />
      <Ends window={window} set={set} label={label} units={ofDays || bounded ? calendarUnits : lengthUnits} />
      {!ofDays && !bounded && canRoll(window) && (
        <IconToggle
          label={
            window.mode === 'rolling'
              ? `${label}: ${window.unit} count back from this minute. Count whole days`
              : `${label}: count ${window.unit} by the clock, back from this minute`
          }
          pressed={window.mode === 'rolling'}
          onChange={(pressed) => set({ mode: pressed ? 'rolling' : undefined })}
        >
          <IconClock size={16} stroke={1.7} />
        </IconToggle>
      )}
      {dates && <span className={classes.dates}>({dates})</span>}
    </div>
  );
}

/** Days and weeks can be counted by the clock; hours always are, months have no length. */
const canRoll = (window: DraftWindow) =>
  relative.has(window.type) && (window.unit === 'days' || window.unit === 'weeks' || window.mode === 'rolling');

/** A window of another form; the amounts and dates that were typed stay where they fit. */
function startWindow(type: WindowType, before: DraftWindow): DraftWindow {
  const length = {
    amount: before.amount ?? 30,
    unit: lengthUnits.includes(before.unit as never) ? before.unit : 'days',
  };
  const date = before.date ?? before.from;
  switch (type) {
    case 'ever':
      return { type };
    case 'last':
    case 'moreThanAgo':
    case 'next':
      return { type, ...length };
    case 'betweenAgo':
      return { type, from: 3, to: 5, unit: length.unit };
    case 'this':
    case 'previous':
      return { type, unit: periodUnits.includes(before.unit as never) ? before.unit : 'month' };
    case 'on':
    case 'before':
    case 'after':
    case 'since':
      return { type, date: typeof date === 'string' ? date : undefined };
    case 'between':
      return {
        type,
        from: typeof date === 'string' ? date : undefined,
        to: typeof before.to === 'string' ? before.to : undefined,
      };
    default:
      return type satisfies never;
  }
}

interface EndsProps {
  readonly window: DraftWindow;
  readonly set: (part: object) => void;
  readonly label: string;
  readonly units: readonly string[];
}

function Ends({ window, set, label, units }: EndsProps) {
  const unit = (
    <InlineSelect
      label={`${label}: unit`}
      value={String(window.unit ?? '')}
      options={units.map((one) => ({ value: one, label: one }))}
      onChange={(next) => set({ unit: next, mode: undefined })}
    />
  );
  const amount = (name: 'amount' | 'from' | 'to', words: string, least = 1) => (
    <NumberInput
      aria-label={`${label}: ${words}`}
      className={classes.amount}
      allowDecimal={false}
      allowNegative={false}
      hideControls
      min={least}
      max={100_000}
      value={typeof window[name] === 'number' ? window[name] : ''}
      onChange={(next) => set({ [name]: typeof next === 'number' ? next : undefined })}
    />
  );
  const date = (name: 'date' | 'from' | 'to', words: string) => (
    <TextInput
      type="date"
      aria-label={`${label}: ${words}`}
      className={classes.date}
      value={typeof window[name] === 'string' ? window[name] : ''}
      onChange={(event) => set({ [name]: event.currentTarget.value || undefined })}
    />
  );
  switch (window.type) {
    case 'ever':
      return null;
    case 'last':
    case 'moreThanAgo':
    case 'next':
      return (
        <>
          {amount('amount', 'amount')}
          {unit}
        </>
      );
    case 'betweenAgo':
      return (
        <>
          {amount('from', 'from', 0)}
          <span className={classes.word}>and</span>
          {amount('to', 'to')}
          {unit}
        </>
      );
    case 'this':
    case 'previous':
      return (
        <InlineSelect
          label={`${label}: period`}
          value={String(window.unit)}
          options={periodUnits.map((one) => ({ value: one as string, label: periodWords[one] }))}
          onChange={(next) => set({ unit: next })}
        />
      );
    case 'between':
      return (
        <>
          {date('from', 'first day')}
          <span className={classes.word}>to</span>
          {date('to', 'last day')}
        </>
      );
    default:
      return date('date', 'day');
  }
}
