import { instantRange, isWindowSound } from '../time/resolve-window.ts';
import { type Bindings, resolveEventTypes, resolveFilter } from './resolve-condition.ts';
import { RuleRefusal } from './resolve-test.ts';
import type { ResolvedSequence, ResolvedStep } from './resolved-rule.ts';
import type { Duration, SequenceNode, SequenceStep } from './rule.ts';
import type { RulePath } from './rule-fault.ts';

const lengths: Readonly<Record<Duration['unit'], number>> = {
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};

const milliseconds = ({ amount, unit }: Duration): number => amount * lengths[unit];

/** Binds a sequence: durations become milliseconds, the window is that of its first step, and nothing after now is seen. */
export function resolveSequence(node: SequenceNode, path: RulePath, bindings: Bindings): ResolvedSequence {
  if (!isWindowSound(node.window)) throw new RuleRefusal([...path, 'window'], 'window_wrong');
  const end = node.notFollowedBy;
  const endPath = [...path, 'notFollowedBy'];
  return {
    type: 'sequence',
    steps: node.steps.map((step, i) => resolveStep(step, i, [...path, 'steps', i], bindings)),
    range: instantRange(node.window, bindings),
    until: bindings.now,
    notFollowedBy: end
      ? {
          eventTypes: resolveEventTypes(end.eventTypes, endPath, bindings),
          where: resolveFilter(end.where, 'event', [...endPath, 'where'], bindings),
          withinMs: end.within ? milliseconds(end.within) : null,
        }
      : null,
  };
}

function resolveStep(step: SequenceStep, index: number, path: RulePath, bindings: Bindings): ResolvedStep {
  // Nothing comes before the first step that it could be near to.
  if (index === 0 && step.within) throw new RuleRefusal([...path, 'within'], 'sequence_wrong');
  return {
    eventTypes: resolveEventTypes(step.eventTypes, path, bindings),
    where: resolveFilter(step.where, 'event', [...path, 'where'], bindings),
    within: step.within ? { ms: milliseconds(step.within), from: step.within.from } : null,
  };
}
