import { parseRule, type Segment } from '@mini-crm/domain';
import type { SegmentDocument } from './segment.model.ts';

/** The segment of a document; throws for a rule that this version of the language can't read, which is never widened. */
export function toSegment(document: SegmentDocument): Segment {
  const { _id, orgId: _orgId, foldedName: _name, demo: _demo, rule, kind, archivedAt = null, ...rest } = document;
  if (kind === 'static') return { id: _id, ...rest, archivedAt, kind };
  const parsed = parseRule(rule);
  if (!parsed.ok) {
    const { path, details } = parsed.error;
    throw new Error(`The rule of ${_id} can't be read: ${details.reason} at ${path.join('.')}`);
  }
  return { id: _id, ...rest, archivedAt, kind: 'dynamic', rule: parsed.value };
}
