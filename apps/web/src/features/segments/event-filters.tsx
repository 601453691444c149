import { ActionIcon, Button } from '@mantine/core';
import { type FieldCatalogue, ruleLimits, unitField } from '@mini-crm/domain';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { FaultOf, useBuilder } from './builder-context.tsx';
import { firstTest } from './draft-test.ts';
import {
  type EditorCondition,
  type EditorFilters,
  type GroupMode,
  isGroup,
  newGroup,
  newKey,
  type Unit,
} from './editor-tree.ts';
import { InlineSelect } from './inline-select.tsx';
import { unitFields } from './measures.ts';
import classes from './rows.module.css';
import { TestInput, TestOptions } from './test-input.tsx';
import { addNode, countLeaves, removeNode, replaceNode } from './tree-edits.ts';

interface EventFiltersProps {
  readonly label: string;
  readonly eventTypes: readonly string[];
  readonly unit: Unit;
  readonly where: EditorFilters | undefined;
  readonly onChange: (where: EditorFilters | undefined) => void;
}

/** Which of the events or lines count: conditions on one of them, in groups if need be. */
export function EventFilters({ where, onChange, ...about }: EventFiltersProps) {
  const { fields } = useBuilder();
  const available = unitFields(fields, about.unit, about.eventTypes);
  const add = (group: EditorFilters, withGroup: boolean) => {
    const filter = firstFilter(
      fields,
      available.map(({ path }) => path),
      about.unit,
    );
    const node = withGroup ? newGroup<EditorCondition>(group.mode === 'any' ? 'all' : 'any', [filter]) : filter;
    const root = where ?? group;
    onChange(root.key === group.key ? { ...root, children: [...root.children, node] } : addNode(root, group.key, node));
  };
  if (!where || where.children.length === 0) {
    return (
      <Button
        className={classes.small}
        size="xs"
        variant="subtle"
        color="gray"
        aria-label={`${about.label}: only where`}
        onClick={() => add(newGroup<EditorCondition>('all'), false)}
      >
        Only where …
      </Button>
    );
  }
  return (
    <FilterGroup
      group={where}
      depth={0}
      change={(node) => onChange(replaceNode(where, node))}
      remove={(key) => {
        const rest = removeNode(where, key);
        onChange(rest.children.length === 0 ? undefined : rest);
      }}
      add={countLeaves(where) < ruleLimits.filters ? add : null}
      {...about}
    />
  );
}

function firstFilter(fields: FieldCatalogue, paths: readonly string[], unit: Unit): EditorCondition {
  // What was bought is asked for more often than by which id.
  const path = unit === 'line' ? 'line.category' : (paths.find((one) => one.startsWith('properties.')) ?? paths[0]);
  const field = unitField(fields, unit, path ?? 'at');
  return {
    key: newKey(),
    type: 'field',
    field: path ?? 'at',
    test: field ? firstTest(field) : { operator: 'isSet' },
  };
}

interface FilterGroupProps extends Omit<EventFiltersProps, 'where' | 'onChange'> {
  readonly group: EditorFilters;
  readonly depth: number;
  readonly change: (node: EditorFilters | EditorCondition) => void;
  readonly remove: (key: string) => void;
  /** Null where there is no room for another one. */
  readonly add: ((group: EditorFilters, withGroup: boolean) => void) | null;
}

const modes: readonly { value: GroupMode; label: string }[] = [
  { value: 'all', label: 'all' },
  { value: 'any', label: 'any' },
  { value: 'none', label: 'none' },
];

const oneModes: readonly { value: GroupMode; label: string }[] = [
  { value: 'all', label: 'where' },
  { value: 'none', label: 'where not' },
];

// Deeper is in the language, and shown, but nobody writes it.
const deepest = 3;

function FilterGroup({ group, depth, change, remove, add, ...about }: FilterGroupProps) {
  const noun = about.unit === 'line' ? 'line' : 'event';
  const isOne = group.children.length === 1 && group.children.every((child) => !isGroup(child));
  const head = isOne ? (
    <InlineSelect
      label={`${about.label}: where or where not`}
      value={group.mode === 'none' ? 'none' : 'all'}
      options={oneModes}
      onChange={(mode) => change({ ...group, mode })}
    />
  ) : null;
  return (
    <fieldset className={classes.details} aria-label={`${about.label}: details of the ${noun}`}>
      {!isOne && (
        <div className={classes.line}>
          {depth === 0 && <span className={classes.word}>where</span>}
          <InlineSelect
            label={`${about.label}: how details hold together`}
            value={group.mode}
            options={modes}
            onChange={(mode) => change({ ...group, mode })}
          />
          <span className={classes.word}>of these hold</span>
          {depth > 0 && (
            <ActionIcon aria-label="Remove group of details" size={28} onClick={() => remove(group.key)}>
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      )}
      {group.children.map((child) =>
        isGroup(child) ? (
          <FilterGroup key={child.key} {...{ group: child, depth: depth + 1, change, remove, add }} {...about} />
        ) : (
          <Detail
            key={child.key}
            head={head}
            filter={child}
            onChange={change}
            onRemove={() => remove(child.key)}
            {...about}
          />
        ),
      )}
      <FaultOf at={group.key} />
      {add ? (
        <div className={classes.line}>
          <Button className={classes.small} size="xs" variant="subtle" color="gray" onClick={() => add(group, false)}>
            Add detail
          </Button>
          {depth < deepest && (
            <Button className={classes.small} size="xs" variant="subtle" color="gray" onClick={() => add(group, true)}>
              Add group of details
            </Button>
          )}
        </div>
      ) : (
        depth === 0 && (
          <span className={classes.word}>
            One {noun} can be asked about {ruleLimits.filters} details.
          </span>
        )
      )}
    </fieldset>
  );
}

interface DetailProps extends Omit<EventFiltersProps, 'where' | 'onChange'> {
  readonly filter: EditorCondition;
  /** What stands before the only one of a group. */
  readonly head: ReactNode;
  readonly onChange: (filter: EditorCondition) => void;
  readonly onRemove: () => void;
}

function Detail({ filter, head, unit, eventTypes, onChange, onRemove }: DetailProps) {
  const { fields } = useBuilder();
  const field = unitField(fields, unit, filter.field);
  const label = field?.label ?? filter.field;
  return (
    <div>
      <div className={classes.line} data-node={filter.key}>
        {head}
        <InlineSelect
          label={`Detail: ${label}`}
          value={filter.field}
          options={unitFields(fields, unit, eventTypes).map((one) => ({ value: one.path, label: one.label }))}
          missing={label}
          searchable
          onChange={(path) => {
            const next = unitField(fields, unit, path);
            if (next) onChange({ key: filter.key, type: 'field', field: path, test: firstTest(next) });
          }}
        />
        {field && (
          <>
            <TestInput
              label={label}
              field={field}
              test={filter.test}
              onChange={(test) => onChange({ ...filter, test })}
            />
            <TestOptions label={label} field={field} operator={filter.test.operator} of={filter} onChange={onChange} />
          </>
        )}
        <ActionIcon aria-label={`Remove detail ${label}`} size={28} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      <FaultOf at={filter.key} />
    </div>
  );
}
