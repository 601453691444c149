import { IconCheck, IconExclamationMark } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './wizard.module.css';

export interface WizardStep<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** What was chosen in it: "Big spenders, 2,270 people". */
  readonly answer?: ReactNode;
  readonly state: 'done' | 'fault' | 'open';
  /** A step that can't be entered yet. */
  readonly disabled?: boolean;
}

interface WizardProps<Id extends string> {
  readonly label: string;
  readonly steps: readonly WizardStep<Id>[];
  readonly current: Id;
  /** The page puts the step into the address, so that one leaves and comes back at the same place. */
  readonly onStep: (id: Id) => void;
  readonly children: ReactNode;
  /** What will happen: "2,270 people, 1.2 % have no consent and are left out". */
  readonly aside?: ReactNode;
  /** Buttons: back at the left, the next step at the right. */
  readonly footer: ReactNode;
}

/** Steps at the left with their answers, the step in the middle, what will happen at the right; stacked on phones. */
export function Wizard<Id extends string>(props: WizardProps<Id>) {
  const { label, steps, current, onStep, children, aside, footer } = props;
  return (
    <div className={classes.wizard} data-plain={aside === undefined || undefined}>
      <nav aria-label={label} style={{ display: 'contents' }}>
        <ol className={classes.steps}>
          {steps.map((step, index) => (
            <li key={step.id}>
              <button
                type="button"
                className={classes.step}
                aria-current={step.id === current ? 'step' : undefined}
                disabled={step.disabled}
                onClick={() => onStep(step.id)}
              >
                <span
                  className={classes.mark}
                  data-done={step.state === 'done' || undefined}
                  data-fault={step.state === 'fault' || undefined}
                >
                  <Mark state={step.state} number={index + 1} />
                </span>
                <span className={classes.label}>{step.label}</span>
                {step.answer !== undefined && <span className={classes.answer}>{step.answer}</span>}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <div>
        {children}
        <div className={classes.footer}>{footer}</div>
      </div>
      {aside !== undefined && (
        <aside className={classes.aside} aria-live="polite">
          {aside}
        </aside>
      )}
    </div>
  );
}

function Mark({ state, number }: { readonly state: WizardStep<string>['state']; readonly number: number }) {
  if (state === 'done') return <IconCheck size={14} aria-label="done" />;
  if (state === 'fault') return <IconExclamationMark size={14} aria-label="needs attention" />;
  return number;
}
