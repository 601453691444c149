import type { FieldCatalogue, Operator } from '@mini-crm/domain';
import { customerField } from '@mini-crm/domain';
import { newCondition, subjectOptions } from './condition-picker.tsx';
import type { EditorAttribute, EditorLeaf } from './editor-tree.ts';
import { InlineSelect } from './inline-select.tsx';
import classes from './rows.module.css';
import { OrMissing, TestInput } from './test-input.tsx';

interface AttributeWordsProps {
  readonly leaf: EditorAttribute;
  readonly fields: FieldCatalogue;
  readonly onChange: (leaf: EditorLeaf) => void;
  readonly zone: string | undefined;
}

/** A condition on what is written about a customer, as a line that reads aloud. */
export function AttributeWords({ leaf, fields, onChange, zone }: AttributeWordsProps) {
  const field = customerField(fields, leaf.field);
  const label = field?.label ?? leaf.field;
  return (
    <div className={classes.line}>
      <InlineSelect
        label={`${label}: subject`}
        value={`field:${leaf.field}`}
        options={subjectOptions(fields)}
        searchable
        onChange={(subject) => onChange({ ...newCondition(subject, fields), key: leaf.key })}
      />
      {field && (
        <TestInput
          label={label}
          field={field}
          test={leaf.test}
          zone={zone}
          onChange={(test) => onChange({ ...leaf, test, orMissing: keeps(test.operator) && (leaf.orMissing ?? false) })}
        />
      )}
      <OrMissing
        operator={leaf.test.operator}
        orMissing={leaf.orMissing}
        onChange={(orMissing) => onChange({ ...leaf, orMissing })}
      />
      {leaf.caseSensitive && <span className={classes.word}>(case counts)</span>}
    </div>
  );
}

const keeps = (operator: Operator) => operator !== 'isSet' && operator !== 'isEmpty';
