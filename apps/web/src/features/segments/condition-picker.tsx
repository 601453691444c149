import { Select } from '@mantine/core';
import type { FieldCatalogue } from '@mini-crm/domain';
import { IconPlus } from '@tabler/icons-react';
import { firstTest } from './draft-test.ts';
import { type EditorLeaf, newKey } from './editor-tree.ts';
import classes from './rows.module.css';

/** The subjects of conditions for a choice: what people did, and what is written about them. */
export function subjectOptions(fields: FieldCatalogue) {
  const own = fields.customer.filter(({ path }) => path.startsWith('attributes.'));
  const known = fields.customer.filter(({ path }) => !path.startsWith('attributes.'));
  const option = ({ path, label }: { path: string; label: string }) => ({ value: `field:${path}`, label });
  return [
    {
      group: 'What they did',
      items: fields.eventTypes.map(({ type, plural }) => ({ value: `event:${type}`, label: capital(plural) })),
    },
    ...(own.length > 0 ? [{ group: 'Your attributes', items: own.map(option) }] : []),
    { group: 'About them', items: known.map(option) },
  ];
}

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** A new condition about a chosen subject. */
export function newCondition(subject: string, fields: FieldCatalogue): EditorLeaf {
  const name = subject.slice(subject.indexOf(':') + 1);
  if (subject.startsWith('event:')) {
    return {
      key: newKey(),
      type: 'behaviour',
      eventTypes: [name],
      unit: 'event',
      window: { type: 'last', amount: 90, unit: 'days' },
      measure: { aggregate: 'count' },
      test: { operator: 'gte', value: 1 },
    };
  }
  const field = fields.customer.find(({ path }) => path === name);
  return {
    key: newKey(),
    type: 'attribute',
    field: name,
    test: field ? firstTest(field) : { operator: 'isSet' },
  };
}

interface ConditionPickerProps {
  readonly fields: FieldCatalogue;
  readonly onPick: (leaf: EditorLeaf) => void;
}

/** Adds a condition: type to find a field or a kind of event. */
export function ConditionPicker({ fields, onPick }: ConditionPickerProps) {
  return (
    <Select
      aria-label="Add condition"
      className={classes.picker}
      placeholder="Add condition"
      leftSection={<IconPlus size={16} stroke={1.7} />}
      data={subjectOptions(fields)}
      searchable
      selectFirstOptionOnChange
      nothingFoundMessage="No such field or event"
      maxDropdownHeight={360}
      comboboxProps={{ position: 'bottom-start' }}
      value={null}
      onChange={(subject) => subject && onPick(newCondition(subject, fields))}
    />
  );
}
