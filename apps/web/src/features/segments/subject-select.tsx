import { useMemo } from 'react';
import { useBuilder } from './builder-context.tsx';
import type { EditorLeaf } from './editor-tree.ts';
import { InlineSelect } from './inline-select.tsx';
import { newCondition, subjectOf, subjectOptions } from './subjects.ts';

interface SubjectSelectProps {
  readonly label: string;
  readonly leaf: EditorLeaf;
  /** The row about another subject, where more of it can stay than a new row has. */
  readonly change?: ((subject: string) => EditorLeaf | null) | undefined;
}

/** What a row is about. Another subject is another condition in the same place. */
export function SubjectSelect({ label, leaf, change }: SubjectSelectProps) {
  const { fields, currency, actions } = useBuilder();
  const options = useMemo(() => subjectOptions(fields), [fields]);
  return (
    <InlineSelect
      label={`${label}: subject`}
      value={subjectOf(leaf)}
      options={options}
      missing={label}
      searchable
      onChange={(subject) =>
        actions.replace(change?.(subject) ?? { ...newCondition(subject, fields, currency), key: leaf.key })
      }
    />
  );
}
