import { Button, Text } from '@mantine/core';
import type { CsvDelimiter } from '@mini-crm/domain';
import { useMemo } from 'react';
import { formatBytes, formatCount } from '../../components/format-number.ts';
import { Wizard, type WizardStep } from '../../components/wizard.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { CheckStep } from './check-step.tsx';
import { ColumnsStep } from './columns-step.tsx';
import { columnsOf, decisionsOf, type ImportDraft, mappingFault, optionFaults, toStart } from './import-draft.ts';
import type { ImportStep } from './import-search.ts';
import { type Inspection, isOver, kindWords } from './import-words.ts';
import { OptionsStep } from './options-step.tsx';
import { StartButton } from './start-button.tsx';
import { useDraft } from './use-draft.ts';

interface ImportWizardProps {
  readonly inspection: Inspection;
  readonly step: ImportStep;
  readonly onStep: (step: ImportStep) => void;
  readonly onDelimiter: (delimiter: CsvDelimiter) => void;
  readonly onOtherFile: () => void;
}

/** The steps behind the file: columns, options, and a check that writes nothing. */
export function ImportWizard({ inspection, step, onStep, onDelimiter, onOtherFile }: ImportWizardProps) {
  const { orgId, zone, currency } = useOrganization();
  const defaults = useMemo(() => ({ zone, currency }), [zone, currency]);
  const { draft, change } = useDraft(inspection, defaults);
  const catalogue = trpc.attributes.list.useQuery({ orgId });
  const fault = mappingFault(draft, catalogue.data ?? []);
  const open = optionFaults(draft, inspection);
  const start = toStart(draft, inspection, true);
  const checked = draft.check && start && draft.check.of === decisionsOf(start) ? draft.check.importId : null;
  const check = trpc.imports.get.useQuery({ orgId, importId: checked as never }, { enabled: checked !== null });
  const ready = fault === null && open.length === 0;

  const go = (target: ImportStep) => (target === 'file' ? onOtherFile() : onStep(target));
  return (
    <Wizard
      label="Steps of the import"
      steps={stepsOf(inspection, draft, fault !== null, open.length > 0, check.data)}
      current={step}
      onStep={go}
      footer={
        step === 'columns' ? (
          <>
            <Button variant="default" onClick={onOtherFile}>
              Choose another file
            </Button>
            <Button disabled={fault !== null} onClick={() => onStep('options')}>
              Continue to options
            </Button>
          </>
        ) : step === 'options' ? (
          <>
            <Button variant="default" onClick={() => onStep('columns')}>
              Back to columns
            </Button>
            <Button disabled={!ready} onClick={() => onStep('check')}>
              Check the file
            </Button>
          </>
        ) : (
          <>
            <Button variant="default" onClick={() => onStep('options')}>
              Back to options
            </Button>
            <StartButton draft={draft} inspection={inspection} check={checked ? check.data : undefined} />
          </>
        )
      }
    >
      {step === 'columns' && (
        <ColumnsStep
          inspection={inspection}
          draft={draft}
          change={change}
          catalogue={catalogue.data ?? []}
          fault={catalogue.data ? fault : null}
          onDelimiter={onDelimiter}
        />
      )}
      {step === 'options' && <OptionsStep inspection={inspection} draft={draft} change={change} />}
      {step === 'check' &&
        (ready && start ? (
          <CheckStep
            start={start}
            job={checked ? check.data : undefined}
            onChecking={(importId) => change({ check: { importId, of: decisionsOf(start) } })}
            checking={checked !== null}
          />
        ) : (
          <Text c="dimmed">Something is still open in the steps before this one.</Text>
        ))}
    </Wizard>
  );
}

function stepsOf(
  inspection: Inspection,
  draft: ImportDraft,
  faulty: boolean,
  open: boolean,
  check: Parameters<typeof isOver>[0] | undefined,
): WizardStep<ImportStep>[] {
  const used = columnsOf(draft).filter(({ type }) => type !== 'ignore').length;
  return [
    {
      id: 'file',
      label: 'File',
      answer: `${inspection.fileName}, ${formatBytes(inspection.fileSize)}`,
      state: 'done',
    },
    {
      id: 'columns',
      label: 'Columns',
      answer: `${kindWords[draft.kind].title}, ${formatCount(used)} of ${formatCount(inspection.columns.length)} columns`,
      state: faulty ? 'fault' : 'done',
    },
    {
      id: 'options',
      label: 'Options',
      answer: open ? undefined : `${draft.zone}, ${draft.currency}`,
      state: open ? 'open' : 'done',
      disabled: faulty,
    },
    {
      id: 'check',
      label: 'Check and import',
      state: check && isOver(check) ? 'done' : 'open',
      disabled: faulty || open,
    },
  ];
}
