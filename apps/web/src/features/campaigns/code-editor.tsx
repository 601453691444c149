import { type Ref, useImperativeHandle, useMemo, useRef } from 'react';
import classes from './code-editor.module.css';
import { highlight } from './highlight.ts';

interface CodeEditorProps {
  readonly ref?: Ref<HTMLTextAreaElement | null>;
  readonly label: string;
  readonly field: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Lines with a fault, from 1. */
  readonly faultLines: ReadonlySet<number>;
  /** Colours tags and placeholders; off for plain text. */
  readonly markup: boolean;
}

// Colouring a longer source would be felt while typing.
const longestColoured = 60_000;

/** A field for source: line numbers, colours behind the text, faulty lines marked. Tab goes on to the next field, as everywhere. */
export function CodeEditor({ ref, label, field, value, onChange, faultLines, markup }: CodeEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const colours = useRef<HTMLPreElement>(null);
  const numbers = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => area.current as HTMLTextAreaElement, []);
  const coloured = markup && value.length <= longestColoured;
  const pieces = useMemo(() => (coloured ? highlight(value) : []), [coloured, value]);
  const lines = value.split('\n').length;

  function follow() {
    const { scrollTop, scrollLeft } = area.current ?? { scrollTop: 0, scrollLeft: 0 };
    if (numbers.current) numbers.current.style.transform = `translateY(${-scrollTop}px)`;
    if (colours.current) colours.current.style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`;
  }

  return (
    <div className={classes.editor}>
      <div className={classes.gutter} aria-hidden>
        <div ref={numbers}>
          {Array.from({ length: lines }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <div key={i} className={classes.number} data-fault={faultLines.has(i + 1) || undefined}>
              {i + 1}
            </div>
          ))}
        </div>
      </div>
      <div className={classes.text}>
        {coloured && (
          <pre ref={colours} className={classes.colours} aria-hidden>
            {pieces.map(({ kind, text }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity
              <span key={i} data-kind={kind}>
                {text}
              </span>
            ))}
          </pre>
        )}
        <textarea
          ref={area}
          className={classes.area}
          data-coloured={coloured || undefined}
          data-field={field}
          aria-label={label}
          value={value}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
          onScroll={follow}
        />
      </div>
    </div>
  );
}
