import { customerField } from '@mini-crm/domain';
import { useBuilder } from './builder-context.tsx';
import type { EditorAttribute } from './editor-tree.ts';
import classes from './rows.module.css';
import { SubjectSelect } from './subject-select.tsx';
import { TestInput, TestOptions } from './test-input.tsx';

/** A condition on what is written about a customer, as a line that reads aloud. */
export function AttributeWords({ leaf, label }: { readonly leaf: EditorAttribute; readonly label: string }) {
  const { fields, actions } = useBuilder();
  const field = customerField(fields, leaf.field);
  return (
    <div className={classes.line}>
      <SubjectSelect label={label} leaf={leaf} />
      {field && (
        <>
          <TestInput
            label={label}
            field={field}
            test={leaf.test}
            onChange={(test) => {
              const isPresence = test.operator === 'isSet' || test.operator === 'isEmpty';
              actions.replace({ ...leaf, test, orMissing: isPresence ? undefined : leaf.orMissing });
            }}
          />
          <TestOptions label={label} field={field} operator={leaf.test.operator} of={leaf} onChange={actions.replace} />
        </>
      )}
    </div>
  );
}
