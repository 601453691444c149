import { parseRule } from '../segments/parse-rule.ts';
import { checkRule } from '../segments/resolve-rule.ts';
import type { RuleFault } from '../segments/rule-fault.ts';
import { awkwardContext } from './resolve-among.ts';

/** Parses and checks a rule over the awkward catalogue as the door does: the refusal of either, or null. */
export function refusal(input: unknown): RuleFault | null {
  const parsed = parseRule(input);
  if (!parsed.ok) return parsed.error;
  const checked = checkRule(parsed.value, { ...awkwardContext, now: 0, zone: 'UTC' });
  return checked.ok ? null : checked.error;
}
