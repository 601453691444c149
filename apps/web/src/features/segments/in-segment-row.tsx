import { Text } from '@mantine/core';
import { useBuilder } from './builder-context.tsx';
import type { EditorInSegment } from './editor-tree.ts';
import { InlineSelect } from './inline-select.tsx';
import classes from './rows.module.css';
import { SubjectSelect } from './subject-select.tsx';

/** Who is in another segment, or is not. */
export function InSegmentWords({ leaf, label }: { readonly leaf: EditorInSegment; readonly label: string }) {
  const { fields, actions, segmentId } = useBuilder();
  const others = fields.segments.filter(({ id, archived }) => id !== segmentId && (!archived || id === leaf.segmentId));
  return (
    <div className={classes.line}>
      <SubjectSelect label={label} leaf={leaf} />
      <InlineSelect
        label={`${label}: in or not`}
        value={leaf.isNot ? 'not' : 'in'}
        options={[
          { value: 'in', label: 'they are in' },
          { value: 'not', label: 'they are not in' },
        ]}
        onChange={(next) => actions.replace({ ...leaf, isNot: next === 'not' })}
      />
      <InlineSelect
        label={`${label}: segment`}
        value={leaf.segmentId || null}
        placeholder="choose a segment"
        options={others.map(({ id, name }) => ({ value: id as string, label: name }))}
        missing="a deleted segment"
        searchable
        onChange={(next) => actions.replace({ ...leaf, segmentId: next })}
      />
      {others.length === 0 && (
        <Text span c="dimmed" size="sm">
          There is no other segment yet.
        </Text>
      )}
    </div>
  );
}
