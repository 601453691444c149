import { VisuallyHidden } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Outputs } from '../../../trpc.ts';
import { EvidenceView } from './evidence-view.tsx';
import classes from './explanation-tree.module.css';

export type ExplainedNode = Outputs['segments']['explain']['root'];

interface ExplanationTreeProps {
  readonly root: ExplainedNode;
  /** IANA zone of the days that are shown. */
  readonly zone: string;
}

/** Why a rule holds for somebody or does not: each condition in words, with a mark and the values that decided it. */
export function ExplanationTree({ root, zone }: ExplanationTreeProps) {
  return (
    <ul className={classes.tree} aria-label="Why">
      <Node node={root} zone={zone} />
    </ul>
  );
}

function Node({ node, zone }: { readonly node: ExplainedNode; readonly zone: string }) {
  const { holds, evidence, children } = node;
  const inside = children.length > 0 && (
    <ul className={classes.children}>
      {children.map((child) => (
        <Node key={child.path.join('.')} node={child} zone={zone} />
      ))}
    </ul>
  );
  return (
    <li className={classes.node}>
      <Mark holds={holds} />
      <div className={classes.body}>
        <div className={classes.words}>{wordsOf(node)}</div>
        {evidence && (
          <div className={classes.evidence}>
            <EvidenceView evidence={evidence} holds={holds} zone={zone} />
          </div>
        )}
        {node.type === 'inSegment' && inside ? (
          <details className={classes.other}>
            <summary>Why it {holds ? 'holds' : 'does not hold'} there</summary>
            {inside}
          </details>
        ) : (
          inside
        )}
      </div>
    </li>
  );
}

/** A check or a cross, in colour and in words for who sees neither. */
function Mark({ holds }: { readonly holds: boolean }) {
  const Icon = holds ? IconCheck : IconX;
  return (
    <span
      className={holds ? `${classes.mark} ${classes.holds}` : classes.mark}
      title={holds ? 'Holds' : 'Does not hold'}
    >
      <Icon size={14} stroke={2.2} aria-hidden />
      <VisuallyHidden>{holds ? 'Holds:' : 'Does not hold:'}</VisuallyHidden>
    </span>
  );
}

/** A group says how its parts are joined, as they stand below it one by one; a condition says itself. */
function wordsOf({ type, sentence, children, holds }: ExplainedNode): string {
  const fulfilled = children.filter((child) => child.holds).length;
  switch (type) {
    case 'all':
      return holds ? 'All of these hold' : `All of these must hold, ${fulfilled} of ${children.length} do`;
    case 'any':
      return holds
        ? `One of these is enough, ${fulfilled} of ${children.length} hold`
        : 'One of these must hold, none does';
    case 'not':
      return holds ? 'This must not hold, and it does not' : 'This must not hold, but it does';
    case 'everyone':
      return 'Everybody';
    default:
      return sentence.charAt(0).toLocaleUpperCase('en') + sentence.slice(1);
  }
}
