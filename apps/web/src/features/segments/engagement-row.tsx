import { Checkbox } from '@mantine/core';
import { aggregateOperators, engagementKinds } from '@mini-crm/domain';
import { useBuilder } from './builder-context.tsx';
import type { EditorEngagement } from './editor-tree.ts';
import { InlineSelect } from './inline-select.tsx';
import { engagementWords } from './operator-words.ts';
import classes from './rows.module.css';
import { SubjectSelect } from './subject-select.tsx';
import { TestInput } from './test-input.tsx';
import { WindowInput } from './window-input.tsx';

const number = { type: 'number', options: [] } as const;
const once = { operator: 'gte', value: 1 } as const;
const byMachines: ReadonlySet<EditorEngagement['kind']> = new Set([
  'opened',
  'clicked',
  'sentNotOpened',
  'sentNotClicked',
]);

/** A condition on the messages that somebody got: campaign messages, opened, of any campaign, at least 1, in the last 90 days. */
export function EngagementWords({ leaf, label }: { readonly leaf: EditorEngagement; readonly label: string }) {
  const { fields, actions } = useBuilder();
  return (
    <div className={classes.line}>
      <SubjectSelect label={label} leaf={leaf} />
      <InlineSelect
        label={`${label}: what became of them`}
        value={leaf.kind}
        options={engagementKinds.map((kind) => ({ value: kind, label: engagementWords[kind] }))}
        onChange={(kind) =>
          actions.replace({ ...leaf, kind, includeMachine: byMachines.has(kind) ? leaf.includeMachine : undefined })
        }
      />
      <InlineSelect
        label={`${label}: campaign`}
        value={leaf.campaignId ?? ''}
        options={[
          { value: '', label: 'of any campaign' },
          ...fields.campaigns.map(({ id, name }) => ({ value: id as string, label: `of “${name}”` })),
        ]}
        missing="of a deleted campaign"
        searchable
        onChange={(campaignId) => actions.replace({ ...leaf, campaignId: campaignId || undefined })}
      />
      <TestInput
        label={label}
        field={number}
        test={leaf.test ?? once}
        operators={aggregateOperators}
        onChange={(test) => actions.replace({ ...leaf, test })}
      />
      <span className={classes.word}>
        {'value' in (leaf.test ?? once) && (leaf.test ?? once).value === 1 ? 'message' : 'messages'}
      </span>
      <WindowInput
        label={`${label}: time`}
        window={leaf.window}
        onChange={(window) => actions.replace({ ...leaf, window })}
      />
      {byMachines.has(leaf.kind) && (
        <Checkbox
          className={classes.missing}
          label="with opens and clicks by machines"
          checked={leaf.includeMachine ?? false}
          onChange={(event) => actions.replace({ ...leaf, includeMachine: event.currentTarget.checked || undefined })}
        />
      )}
    </div>
  );
}
