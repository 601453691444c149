import { Select, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useBuilder, useFull } from './builder-context.tsx';
import type { EditorGroup } from './editor-tree.ts';
import classes from './rows.module.css';
import { newCondition, subjectOptions } from './subjects.ts';

/** Adds a condition to a group: type to find a field or a kind of event. */
export function ConditionPicker({ group }: { readonly group: EditorGroup }) {
  const { fields, currency, actions } = useBuilder();
  const full = useFull();
  const options = useMemo(() => subjectOptions(fields), [fields]);
  return (
    <Tooltip label={full} disabled={full === null}>
      <div className={classes.picker} data-picker={group.key}>
        <Select
          // What was typed goes with the choice.
          key={group.children.length}
          aria-label="Add condition"
          placeholder={full === null ? 'Add condition' : 'No room for another condition'}
          leftSection={<IconPlus size={16} stroke={1.7} />}
          data={options}
          searchable
          openOnFocus={false}
          disabled={full !== null}
          selectFirstOptionOnChange
          nothingFoundMessage="No such field or event"
          maxDropdownHeight={360}
          comboboxProps={{ position: 'bottom-start' }}
          value={null}
          onChange={(subject) => subject && actions.add(group.key, newCondition(subject, fields, currency))}
        />
      </div>
    </Tooltip>
  );
}
