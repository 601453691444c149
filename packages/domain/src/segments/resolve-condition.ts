import type { Clock } from '../time/resolve-window.ts';
import { type Field, type FieldCatalogue, unitField } from './fields.ts';
import { RuleRefusal, resolveTest } from './resolve-test.ts';
import type { ResolvedCondition, ResolvedFilter } from './resolved-rule.ts';
import type { Test, UnitFilter } from './rule.ts';
import type { RulePath } from './rule-fault.ts';

/** What the parts of a rule are bound to: an instant, a calendar and the names that exist. */
export interface Bindings extends Clock {
  readonly fields: FieldCatalogue;
}

interface Condition {
  readonly test: Test;
  readonly orMissing?: boolean | undefined;
  readonly caseSensitive?: boolean | undefined;
}

/** A condition on one field of a customer, an event or a line. */
export function resolveCondition(
  node: Condition,
  field: Field,
  path: RulePath,
  { now, zone }: Clock,
): ResolvedCondition {
  const caseSensitive = node.caseSensitive ?? false;
  return {
    field: { path: field.path, type: field.type },
    test: resolveTest(node.test, field, { now, zone, caseSensitive, path: [...path, 'test'] }),
    orMissing: node.orMissing ?? false,
  };
}

/** The conditions on one event or line; null where every one counts. */
export function resolveFilter(
  filter: UnitFilter | undefined,
  unit: 'event' | 'line',
  path: RulePath,
  bindings: Bindings,
): ResolvedFilter | null {
  return filter === undefined ? null : filterNode(filter, unit, path, bindings);
}

function filterNode(filter: UnitFilter, unit: 'event' | 'line', path: RulePath, bindings: Bindings): ResolvedFilter {
  switch (filter.type) {
    case 'all':
    case 'any':
      return {
        type: filter.type,
        children: filter.children.map((child, i) => filterNode(child, unit, [...path, 'children', i], bindings)),
      };
    case 'not':
      return { type: 'not', child: filterNode(filter.child, unit, [...path, 'child'], bindings) };
    case 'field': {
      const field = unitField(bindings.fields, unit, filter.field);
      if (!field) throw new RuleRefusal([...path, 'field'], 'field_unknown');
      return { type: 'field', ...resolveCondition(filter, field, path, bindings) };
    }
    default:
      return filter satisfies never;
  }
}

/** The types of events that count, each once. */
export function resolveEventTypes(types: readonly string[], path: RulePath, { fields }: Bindings): readonly string[] {
  types.forEach((type, i) => {
    const isKnown = fields.eventTypes.some((candidate) => candidate.type === type);
    if (!isKnown) throw new RuleRefusal([...path, 'eventTypes', i], 'event_type_unknown');
  });
  return [...new Set(types)];
}
