import { type FieldCatalogue, ruleLimits } from '@mini-crm/domain';
import { firstTest } from './draft-test.ts';
import { type DraftWindow, type EditorLeaf, newKey } from './editor-tree.ts';

/** The first letter large. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** `Orders or refunds`, `Items bought`: what a row is about. */
export function eventWords(
  eventTypes: readonly string[],
  fields: FieldCatalogue,
  unit: 'event' | 'line' = 'event',
): string {
  const words = eventTypes.map((type) => {
    if (unit === 'line') return itemWords(type, fields);
    return fields.eventTypes.find((known) => known.type === type)?.plural ?? type;
  });
  return capital(words.join(' or ')) || 'Events';
}

function itemWords(type: string, fields: FieldCatalogue): string {
  if (type === 'order') return 'items bought';
  if (type === 'refund') return 'items refunded';
  return `lines of ${fields.eventTypes.find((known) => known.type === type)?.plural ?? type}`;
}

/** What a condition can be about, in groups, for a choice. */
export function subjectOptions(fields: FieldCatalogue) {
  const own = fields.customer.filter(({ path }) => path.startsWith('attributes.'));
  const known = fields.customer.filter(({ path }) => !path.startsWith('attributes.'));
  const option = ({ path, label }: { path: string; label: string }) => ({ value: `field:${path}`, label });
  const events = fields.eventTypes.map(({ type, plural }) => ({ value: `event:${type}`, label: capital(plural) }));
  return [
    {
      group: 'What they did',
      items: [
        ...events.slice(0, 1),
        { value: 'line:order', label: 'Items bought' },
        ...events.slice(1, 2),
        { value: 'line:refund', label: 'Items refunded' },
        ...events.slice(2),
        { value: 'sequence', label: 'Events in order' },
        { value: 'rank', label: 'Best or last customers' },
      ],
    },
    {
      group: 'Campaigns and segments',
      items: [
        { value: 'engagement', label: 'Campaign messages' },
        { value: 'inSegment', label: 'Another segment' },
      ],
    },
    ...(own.length > 0 ? [{ group: 'Your attributes', items: own.map(option) }] : []),
    { group: 'About them', items: [...known.map(option), { value: 'everyone', label: 'Everybody' }] },
  ];
}

/** The subject that a row has now. */
export function subjectOf(leaf: EditorLeaf): string {
  switch (leaf.type) {
    case 'attribute':
      return `field:${leaf.field}`;
    case 'behaviour':
      return `${leaf.unit}:${leaf.eventTypes[0] ?? ''}`;
    default:
      return leaf.type;
  }
}

const last90: DraftWindow = { type: 'last', amount: 90, unit: 'days' };

/** A new condition about a chosen subject. */
export function newCondition(subject: string, fields: FieldCatalogue, currency: string): EditorLeaf {
  const key = newKey();
  const [kind = '', name = ''] = split(subject);
  switch (kind) {
    case 'event':
    case 'line':
      return {
        key,
        type: 'behaviour',
        eventTypes: [name],
        unit: kind,
        window: last90,
        measure: { aggregate: 'count' },
        test: { operator: 'gte', value: 1 },
      };
    case 'sequence': {
      const then = fields.eventTypes.find(({ type }) => type !== 'order')?.type ?? 'order';
      const steps = ['order', then].map((type) => ({ key: newKey(), eventTypes: [type] }));
      return { key, type: 'sequence', steps, window: last90 };
    }
    case 'rank':
      return {
        key,
        type: 'rank',
        direction: 'top',
        amount: 10,
        of: 'percent',
        eventTypes: ['order'],
        unit: 'event',
        window: { type: 'last', amount: 1, unit: 'years' },
        measure: { aggregate: 'sum', field: 'total', currency },
      };
    case 'engagement':
      return { key, type: 'engagement', kind: 'opened', window: last90 };
    case 'inSegment':
      return { key, type: 'inSegment', segmentId: '', isNot: false };
    case 'everyone':
      return { key, type: 'everyone' };
    default: {
      const field = fields.customer.find(({ path }) => path === name);
      return { key, type: 'attribute', field: name, test: field ? firstTest(field) : { operator: 'isSet' } };
    }
  }
}

function split(subject: string): readonly [string, string] {
  const colon = subject.indexOf(':');
  return colon < 0 ? [subject, ''] : [subject.slice(0, colon), subject.slice(colon + 1)];
}

/** Why no condition can be added any more; null while there is room. */
export const fullReason = (leaves: number): string | null =>
  leaves < ruleLimits.leaves
    ? null
    : `A segment has ${ruleLimits.leaves} conditions at most. Put some of them into a segment of their own, and name that here.`;
