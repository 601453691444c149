import { type ListFilling, parseRule, type Segment } from '@mini-crm/domain';
import type { FillingDocument, SegmentDocument } from './segment.model.ts';

/** The segment of a document; throws for a rule that this version of the language can't read, which is never widened. */
export function toSegment(document: SegmentDocument): Segment {
  const { _id, name, description, version, createdAt, updatedAt, archivedAt = null, rule, filling } = document;
  const base = { id: _id, name, description, version, archivedAt, createdAt, updatedAt };
  if (document.kind === 'static') return { ...base, kind: 'static', filling: filling ? toFilling(filling) : null };
  const parsed = parseRule(rule);
  if (!parsed.ok) {
    const { path, details } = parsed.error;
    throw new Error(`The rule of ${_id} can't be read: ${details.reason} at ${path.join('.')}`);
  }
  return { ...base, kind: 'dynamic', rule: parsed.value };
}

const toFilling = ({ from, startedAt, added }: FillingDocument): ListFilling => ({ from, startedAt, added });
