import { ActionIcon } from '@mantine/core';
import { type Field, type FieldCatalogue, unitField } from '@mini-crm/domain';
import { IconX } from '@tabler/icons-react';
import { firstTest } from './draft-test.ts';
import { type EditorBehaviour, type EditorCondition, type EditorFilter, newKey } from './editor-tree.ts';
import { InlineSelect } from './inline-select.tsx';
import classes from './rows.module.css';
import { OrMissing, TestInput } from './test-input.tsx';

interface FilterListProps {
  readonly leaf: EditorBehaviour;
  readonly fields: FieldCatalogue;
  readonly onChange: (leaf: EditorBehaviour) => void;
  readonly zone: string | undefined;
  readonly faultAt: (key: string) => string | null;
}

/** The fields that details of a row can name. */
export function detailFields(leaf: EditorBehaviour, fields: FieldCatalogue): readonly Field[] {
  return [...(leaf.unit === 'line' ? fields.line : []), ...fields.event];
}

/** The row with one detail more. */
export function withDetail(leaf: EditorBehaviour, fields: FieldCatalogue): EditorBehaviour {
  const [field] = detailFields(leaf, fields);
  if (!field) return leaf;
  const filter: EditorCondition = { key: newKey(), type: 'field', field: field.path, test: firstTest(field) };
  const where = leaf.where ?? { mode: 'all', filters: [] };
  return { ...leaf, where: { ...where, filters: [...where.filters, filter] } };
}

/** Which of the events or lines count: conditions on one of them. */
export function FilterList({ leaf, fields, onChange, zone, faultAt }: FilterListProps) {
  const { where } = leaf;
  if (!where || where.filters.length === 0) return null;
  const change = (filters: readonly EditorFilter[]) => onChange({ ...leaf, where: { ...where, filters } });
  return (
    <div className={classes.details}>
      {where.filters.map((filter, i) => (
        <div className={classes.line} key={filter.key}>
          {i === 0 ? (
            <span className={classes.word}>where</span>
          ) : (
            <InlineSelect
              label="How details hold together"
              value={where.mode}
              options={[
                { value: 'all', label: 'and' },
                { value: 'any', label: 'or' },
              ]}
              onChange={(mode) => onChange({ ...leaf, where: { ...where, mode } })}
            />
          )}
          <Detail
            filter={filter}
            leaf={leaf}
            fields={fields}
            zone={zone}
            onChange={(next) => change(where.filters.map((one) => (one.key === next.key ? next : one)))}
          />
          <ActionIcon
            aria-label="Remove detail"
            size={28}
            onClick={() => change(where.filters.filter(({ key }) => key !== filter.key))}
          >
            <IconX size={14} />
          </ActionIcon>
          {faultAt(filter.key) && <span className={classes.fault}>{faultAt(filter.key)}</span>}
        </div>
      ))}
    </div>
  );
}

interface DetailProps extends Pick<FilterListProps, 'leaf' | 'fields' | 'zone'> {
  readonly filter: EditorFilter;
  readonly onChange: (filter: EditorFilter) => void;
}

function Detail({ filter, leaf, fields, zone, onChange }: DetailProps) {
  if (filter.type === 'kept') return <span>a nested condition (kept as it is)</span>;
  const field = unitField(fields, leaf.unit, filter.field);
  const label = field?.label ?? filter.field;
  return (
    <>
      <InlineSelect
        label={`Detail: ${label}`}
        value={filter.field}
        options={detailFields(leaf, fields).map(({ path, label: words }) => ({ value: path, label: words }))}
        onChange={(path) => {
          const next = unitField(fields, leaf.unit, path);
          if (next) onChange({ key: filter.key, type: 'field', field: path, test: firstTest(next) });
        }}
      />
      {field && (
        <TestInput
          label={label}
          field={field}
          test={filter.test}
          zone={zone}
          onChange={(test) => onChange({ ...filter, test })}
        />
      )}
      <OrMissing
        operator={filter.test.operator}
        orMissing={filter.orMissing}
        onChange={(orMissing) => onChange({ ...filter, orMissing })}
      />
    </>
  );
}
