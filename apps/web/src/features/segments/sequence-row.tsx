import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { FaultOf, useBuilder } from './builder-context.tsx';
import { DurationInput } from './duration-input.tsx';
import { type EditorAbsence, type EditorSequence, type EditorStep, newKey } from './editor-tree.ts';
import { EventFilters } from './event-filters.tsx';
import { EventTypesInput } from './event-types-input.tsx';
import { InlineSelect } from './inline-select.tsx';
import classes from './rows.module.css';
import { SubjectSelect } from './subject-select.tsx';
import { WindowInput } from './window-input.tsx';

const mostSteps = 10;

/** Events one after the other: first an order in the last 90 days, then a visit within 7 days, and no refund within 14. */
export function SequenceWords({ leaf, label }: { readonly leaf: EditorSequence; readonly label: string }) {
  const { fields, actions } = useBuilder();
  const { steps, notFollowedBy } = leaf;
  const set = (part: Partial<EditorSequence>) => actions.replace({ ...leaf, ...part });
  const setSteps = (next: readonly EditorStep[]) => set({ steps: next.map(firstHasNoTime) });
  const newStep = () => ({ key: newKey(), eventTypes: [fields.eventTypes[0]?.type ?? 'order'] });

  return (
    <>
      <div className={classes.line}>
        <SubjectSelect label={label} leaf={leaf} />
        <span className={classes.word}>the first</span>
        <WindowInput
          label={`${label}: time of the first`}
          window={leaf.window}
          onChange={(window) => set({ window })}
        />
      </div>
      <ol className={classes.steps}>
        {steps.map((step, i) => (
          <Step
            key={step.key}
            step={step}
            word={i === 0 ? 'first' : 'then'}
            label={`Step ${i + 1}`}
            onChange={(next) => set({ steps: steps.map((one) => (one.key === next.key ? next : one)) })}
            time={
              i > 0 && (
                <StepTime
                  label={`Step ${i + 1}`}
                  step={step}
                  // Of the second step the one before is the first.
                  hasChoice={i > 1 || step.within?.from === 'first'}
                  onChange={(within) => set({ steps: steps.map((one) => (one === step ? { ...step, within } : one)) })}
                />
              )
            }
            tools={
              <>
                <ActionIcon
                  aria-label={`Move step ${i + 1} up`}
                  size={28}
                  disabled={i === 0}
                  variant="transparent"
                  onClick={() => setSteps(swapped(steps, i - 1))}
                >
                  <IconArrowUp size={14} />
                </ActionIcon>
                <ActionIcon
                  aria-label={`Move step ${i + 1} down`}
                  size={28}
                  disabled={i === steps.length - 1}
                  variant="transparent"
                  onClick={() => setSteps(swapped(steps, i))}
                >
                  <IconArrowDown size={14} />
                </ActionIcon>
                <ActionIcon
                  aria-label={`Remove step ${i + 1}`}
                  size={28}
                  disabled={steps.length === 1}
                  variant="transparent"
                  onClick={() => setSteps(steps.filter((one) => one.key !== step.key))}
                >
                  <IconX size={14} />
                </ActionIcon>
              </>
            }
          />
        ))}
        {notFollowedBy && (
          <Step
            step={notFollowedBy}
            word="and then no"
            label="Not followed by"
            onChange={(next) => set({ notFollowedBy: next })}
            time={
              <AbsenceTime
                absence={notFollowedBy}
                onChange={(within) => set({ notFollowedBy: { ...notFollowedBy, within } })}
              />
            }
            tools={
              <ActionIcon
                aria-label="Remove what must not follow"
                size={28}
                onClick={() => set({ notFollowedBy: undefined })}
              >
                <IconX size={14} />
              </ActionIcon>
            }
          />
        )}
      </ol>
      <div className={classes.line}>
        {steps.length < mostSteps ? (
          <Button
            className={classes.small}
            size="xs"
            variant="subtle"
            color="gray"
            onClick={() => set({ steps: [...steps, newStep()] })}
          >
            Add step
          </Button>
        ) : (
          <span className={classes.word}>{mostSteps} steps are the most.</span>
        )}
        {!notFollowedBy && (
          <Button
            className={classes.small}
            size="xs"
            variant="subtle"
            color="gray"
            onClick={() => set({ notFollowedBy: { ...newStep(), within: { amount: 7, unit: 'days' } } })}
          >
            And not followed by …
          </Button>
        )}
      </div>
    </>
  );
}

const firstHasNoTime = (step: EditorStep, i: number): EditorStep => (i === 0 ? { ...step, within: undefined } : step);

/** The steps with one and the one behind it exchanged. */
const swapped = (steps: readonly EditorStep[], at: number): readonly EditorStep[] =>
  steps.map((step, i) => (i === at ? (steps[at + 1] ?? step) : i === at + 1 ? (steps[at] ?? step) : step));

interface StepProps<T extends EditorStep | EditorAbsence> {
  readonly step: T;
  readonly word: string;
  readonly label: string;
  readonly onChange: (step: T) => void;
  readonly time: ReactNode;
  readonly tools: ReactNode;
}

function Step<T extends EditorStep | EditorAbsence>({ step, word, label, onChange, time, tools }: StepProps<T>) {
  return (
    <li className={classes.step} data-node={step.key}>
      <div className={classes.stepLine}>
        <div className={classes.line}>
          <span className={classes.stepWord}>{word}</span>
          <EventTypesInput
            label={label}
            types={step.eventTypes}
            onChange={(eventTypes) => onChange({ ...step, eventTypes })}
          />
          {time}
          <EventFilters
            label={label}
            eventTypes={step.eventTypes}
            unit="event"
            where={step.where}
            onChange={(where) => onChange({ ...step, where })}
          />
        </div>
        <span className={classes.stepTools}>{tools}</span>
      </div>
      <FaultOf at={step.key} />
    </li>
  );
}

type Within = EditorStep['within'];

interface StepTimeProps {
  readonly label: string;
  readonly step: EditorStep;
  readonly hasChoice: boolean;
  readonly onChange: (within: Within) => void;
}

function StepTime({ label, step: { within }, hasChoice, onChange }: StepTimeProps) {
  return (
    <>
      <InlineSelect
        label={`${label}: how soon`}
        value={within?.from ?? 'ever'}
        options={[
          { value: 'ever', label: 'at any time after' },
          { value: 'previous', label: hasChoice ? 'after the step before, within' : 'within' },
          ...(hasChoice ? [{ value: 'first' as const, label: 'after the first step, within' }] : []),
        ]}
        onChange={(from) =>
          onChange(from === 'ever' ? undefined : { ...(within ?? { amount: 7, unit: 'days' as const }), from })
        }
      />
      {within && (
        <DurationInput
          label={`${label}: within`}
          value={within}
          onChange={(next) => onChange({ ...next, from: within.from })}
        />
      )}
    </>
  );
}

interface AbsenceTimeProps {
  readonly absence: EditorAbsence;
  readonly onChange: (within: EditorAbsence['within']) => void;
}

function AbsenceTime({ absence: { within }, onChange }: AbsenceTimeProps) {
  return (
    <>
      <InlineSelect
        label="Not followed by: for how long"
        value={within ? 'within' : 'ever'}
        options={[
          { value: 'ever', label: 'until now' },
          { value: 'within', label: 'within' },
        ]}
        onChange={(next) => onChange(next === 'ever' ? undefined : { amount: 7, unit: 'days' })}
      />
      {within && <DurationInput label="Not followed by: within" value={within} onChange={onChange} />}
    </>
  );
}
