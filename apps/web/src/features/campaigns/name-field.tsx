import { IconCheck, IconLoader2 } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { SaveState } from './use-saved-draft.ts';
import classes from './wizard-header.module.css';

interface NameFieldProps {
  readonly label: string;
  readonly name: string;
  readonly onChange: (name: string) => void;
  readonly fresh: boolean;
  readonly readOnly: boolean;
}

/** The headline is a field. An empty name is not saved: the last one comes back when the field is left. */
export function NameField({ label, name, onChange, fresh, readOnly }: NameFieldProps) {
  const [text, setText] = useState(name);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setText(name), [name]);
  useEffect(() => {
    if (fresh) field.current?.select();
  }, [fresh]);
  return (
    <h1 className={classes.heading} data-text={text || ' '}>
      <input
        ref={field}
        className={classes.name}
        aria-label={label}
        value={text}
        size={1}
        maxLength={120}
        readOnly={readOnly}
        onChange={(event) => {
          setText(event.currentTarget.value);
          if (event.currentTarget.value.trim() !== '') onChange(event.currentTarget.value);
        }}
        onBlur={() => setText(name.trim())}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </h1>
  );
}

/** Whether everything is saved. */
export function SaveNote({ state, readOnly }: { readonly state: SaveState; readonly readOnly: boolean }) {
  if (readOnly) return null;
  return (
    <span className={classes.note} aria-live="polite">
      {state === 'saving' && (
        <>
          <IconLoader2 size={14} className={classes.spin} aria-hidden /> Saving
        </>
      )}
      {state === 'saved' && (
        <>
          <IconCheck size={14} aria-hidden /> Saved
        </>
      )}
      {(state === 'stale' || state === 'failed') && 'Not saved'}
    </span>
  );
}
