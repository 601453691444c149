import { ActionIcon, Kbd, Popover, Tooltip, VisuallyHidden } from '@mantine/core';
import { describeRule, ruleLimits } from '@mini-crm/domain';
import { IconArrowBackUp, IconArrowForwardUp, IconKeyboard } from '@tabler/icons-react';
import { useRef } from 'react';
import { Section } from '../../components/section.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { type Builder, BuilderProvider, FaultProvider, FullProvider, type MarkedFault } from './builder-context.tsx';
import type { EditedRule } from './editor-rule.ts';
import { GroupBox } from './group-box.tsx';
import classes from './segment-editor.module.css';
import { fullReason } from './subjects.ts';
import { countLeaves } from './tree-edits.ts';
import { useFocusWish } from './use-focus-wish.ts';
import { useShortcuts } from './use-shortcuts.ts';
import type { TreeHistory } from './use-tree.ts';

interface RuleSectionProps {
  readonly builder: Builder;
  readonly history: TreeHistory;
  readonly edited: EditedRule;
  readonly fault: MarkedFault | null;
  /** The rule names this zone itself. */
  readonly ownZone: string | undefined;
}

/** The conditions of a segment: what they say in words, and the rows that say it. */
export function RuleSection({ builder, history, edited, fault, ownZone }: RuleSectionProps) {
  const { fields, actions } = builder;
  const { root, past, future, wish } = history;
  const region = useRef<HTMLDivElement>(null);
  useShortcuts(region, actions);
  const said = useFocusWish(region, wish, root);
  const leaves = countLeaves(root);

  return (
    <Section
      title="Who is in it"
      description={ownZone ? `Days are those of ${ownZone}.` : undefined}
      actions={
        <>
          {leaves >= ruleLimits.leaves * 0.8 && (
            <span className={classes.count}>
              {leaves} of {ruleLimits.leaves} conditions
            </span>
          )}
          <Shortcuts />
          <Tooltip label="Undo (Ctrl Z)">
            <ActionIcon className={classes.step} aria-label="Undo" disabled={past.length === 0} onClick={actions.undo}>
              <IconArrowBackUp size={18} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Redo (Ctrl Shift Z)">
            <ActionIcon
              className={classes.step}
              aria-label="Redo"
              disabled={future.length === 0}
              onClick={actions.redo}
            >
              <IconArrowForwardUp size={18} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </>
      }
    >
      <div className={classes.rule} ref={region}>
        <Sentence>
          {edited.state === 'sound' && describeRule(edited.rule, fields)}
          {edited.state === 'empty' && 'Everybody, until you add the first condition.'}
          {edited.state === 'faulty' && (
            <span className={classes.unfinished}>The marked condition is not complete yet.</span>
          )}
        </Sentence>
        <BuilderProvider value={builder}>
          <FaultProvider value={fault}>
            <FullProvider value={fullReason(leaves)}>
              <GroupBox group={root} />
            </FullProvider>
          </FaultProvider>
        </BuilderProvider>
        <VisuallyHidden role="status" aria-label="What the last edit did">
          {said}
        </VisuallyHidden>
      </div>
    </Section>
  );
}

const keys: readonly (readonly [string, string])[] = [
  ['Alt ↑ ↓', 'move the condition up or down'],
  ['Alt →', 'put it into a group'],
  ['Alt ←', 'take it out of its group'],
  ['Alt D', 'duplicate it'],
  ['Alt Del', 'remove it'],
  ['Alt Enter', 'add a condition'],
  ['Alt Shift Enter', 'add a group'],
  ['Ctrl Z', 'undo'],
  ['Ctrl Shift Z', 'redo'],
];

function Shortcuts() {
  return (
    <Popover position="bottom-end" width={300}>
      <Popover.Target>
        <ActionIcon aria-label="Keys of the builder" className={classes.keysButton}>
          <IconKeyboard size={18} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <dl className={classes.keys}>
          {keys.map(([key, does]) => (
            <div key={key}>
              <dt>
                <Kbd size="xs">{key}</Kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
}
