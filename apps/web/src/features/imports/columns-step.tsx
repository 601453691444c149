import { Alert, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import type { Attribute, CsvDelimiter, MappingFault } from '@mini-crm/domain';
import { formatCount } from '../../components/format-number.ts';
import { Section } from '../../components/section.tsx';
import { ColumnTargetField } from './column-target-field.tsx';
import { FirstRows } from './first-rows.tsx';
import { columnsOf, type ImportDraft, withTarget } from './import-draft.ts';
import type { Inspection } from './import-words.ts';
import classes from './imports.module.css';

interface ColumnsStepProps {
  readonly inspection: Inspection;
  readonly draft: ImportDraft;
  readonly change: (part: Partial<ImportDraft>) => void;
  readonly catalogue: readonly Attribute[];
  readonly fault: { readonly reason: MappingFault; readonly column: number | null } | null;
  readonly onDelimiter: (delimiter: CsvDelimiter) => void;
}

const delimiterNames: Record<CsvDelimiter, string> = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Bar' };

/** Where each column goes: guessed by its name and values, changed by hand. */
export function ColumnsStep({ inspection, draft, change, catalogue, fault, onDelimiter }: ColumnsStepProps) {
  const columns = columnsOf(draft);
  return (
    <Stack gap="lg">
      <div className={classes.controls}>
        <div>
          <Text size="sm" fw={500} id="import-kind" mb={4}>
            Each row of this file is
          </Text>
          <SegmentedControl
            aria-labelledby="import-kind"
            size="sm"
            value={draft.kind}
            onChange={(kind) => change({ kind: kind as ImportDraft['kind'] })}
            data={[
              { value: 'customers', label: 'A customer' },
              { value: 'orders', label: 'An order' },
            ]}
          />
        </div>
        <Select
          label="Cells are parted by"
          w={160}
          allowDeselect={false}
          value={inspection.delimiter}
          onChange={(delimiter) => delimiter && onDelimiter(delimiter as CsvDelimiter)}
          data={inspection.delimiters.map((delimiter) => ({ value: delimiter, label: delimiterNames[delimiter] }))}
        />
      </div>
      {fault && (
        <Alert color="amber" role="status" title={faultWords[fault.reason]}>
          {fault.column !== null && `Look at the column “${inspection.columns[fault.column]?.name ?? ''}”.`}
        </Alert>
      )}
      <Section title="Where each column goes" flush>
        <ul className={classes.columns} aria-label="Columns of the file">
          <li className={classes.columnsHead} aria-hidden>
            <span>In the file</span>
            <span>First values</span>
            <span>Goes to</span>
          </li>
          {inspection.columns.map((column, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; names may be there twice
              key={index}
              className={classes.column}
              data-ignored={columns[index]?.type === 'ignore' || undefined}
              data-fault={fault?.column === index || undefined}
            >
              <div className={classes.columnName}>
                {column.name.trim() || <Text span c="dimmed" inherit>{`Column ${formatCount(index + 1)}`}</Text>}
              </div>
              <div className={classes.samplesOf}>{samplesOf(inspection, index)}</div>
              <ColumnTargetField
                name={column.name || `Column ${index + 1}`}
                kind={draft.kind}
                catalogue={catalogue}
                target={columns[index] ?? { type: 'ignore' }}
                taken={columns}
                onChange={(target) => change(withTarget(draft, index, target))}
              />
            </li>
          ))}
        </ul>
      </Section>
      <FirstRows inspection={inspection} />
    </Stack>
  );
}

function samplesOf(inspection: Inspection, index: number) {
  const values = [...new Set(inspection.rows.map((row) => row[index]?.trim() ?? '').filter((value) => value !== ''))];
  if (values.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        empty in the first {formatCount(inspection.rows.length)} rows
      </Text>
    );
  }
  return values.slice(0, 3).map((value) => (
    <span key={value} className={classes.sample}>
      {value}
    </span>
  ));
}

const faultWords: Record<MappingFault, string> = {
  columns_differ: 'The columns of the file have changed. Choose it again.',
  target_twice: 'Two columns go to the same place.',
  target_of_other_kind: 'A column goes to something that this kind of row does not have.',
  attribute_unknown: 'An attribute was deleted in the meantime. Choose another one.',
  attribute_exists: 'There is an attribute of this name already. Choose it, or give the new one another name.',
  attribute_limit: 'There is no room for so many new attributes. Ignore some columns.',
  property_type: 'A property of this name has another type already. Choose that type, or give it another name.',
  property_limit: 'There is no room for so many new properties. Ignore some columns.',
  identity_missing: 'Say which column is the customer’s id or e-mail, so that people are found again.',
  customer_missing: 'Say which column is the customer’s id or e-mail, so that each order finds its customer.',
  date_missing: 'Say which column is the date of the order.',
  amount_missing: 'Say which column is the amount of the order.',
};
