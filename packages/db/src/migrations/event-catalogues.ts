import type { CatalogueProperty, CatalogueType, OrganizationId, PropertyType } from '@mini-crm/domain';
import type { Db } from 'mongodb';
import type { Migration } from './migrations.ts';

const kinds: Readonly<Record<string, PropertyType>> = {
  string: 'string',
  double: 'number',
  int: 'number',
  long: 'number',
  bool: 'boolean',
  date: 'datetime',
};

interface SeenType {
  _id: { orgId: OrganizationId; type: string };
  first: Date;
  last: Date;
  own: boolean;
}
interface SeenProperty {
  _id: { orgId: OrganizationId; type: string; name: string; kind: string };
  count: number;
  own: boolean;
}

/**
 * Organizations have a catalogue of their events now. What imports and the demo wrote before is read once from the events;
 * a name that had several types gets the one that most events have.
 */
export const eventCatalogues: Migration = {
  version: 3,
  name: 'event catalogues',
  async up(db: Db) {
    const events = db.collection('events');
    const seen = { own: { $max: { $ne: ['$source', 'demo'] } } };
    const types = await events
      .aggregate<SeenType>(
        [
          {
            $group: {
              _id: { orgId: '$orgId', type: '$type' },
              first: { $min: '$createdAt' },
              last: { $max: '$createdAt' },
              ...seen,
            },
          },
          { $sort: { first: 1, '_id.type': 1 } },
        ],
        { allowDiskUse: true },
      )
      .toArray();
    const properties = await events
      .aggregate<SeenProperty>(
        [
          { $project: { orgId: 1, type: 1, source: 1, property: { $objectToArray: '$properties' } } },
          { $unwind: '$property' },
          {
            $group: {
              _id: { orgId: '$orgId', type: '$type', name: '$property.k', kind: { $type: '$property.v' } },
              count: { $sum: 1 },
              ...seen,
            },
          },
          { $sort: { count: -1, '_id.name': 1, '_id.kind': 1, '_id.type': 1 } },
        ],
        { allowDiskUse: true },
      )
      .toArray();
    const catalogues = db.collection<{ _id: OrganizationId }>('eventTypes');
    for (const orgId of new Set(types.map(({ _id }) => _id.orgId))) {
      const catalogue = {
        orgId,
        types: types.filter(({ _id }) => _id.orgId === orgId).map(toType),
        properties: toProperties(properties.filter(({ _id }) => _id.orgId === orgId)),
        version: 1,
      };
      await catalogues.updateOne({ _id: orgId }, { $setOnInsert: catalogue }, { upsert: true });
    }
  },
};

const toType = ({ _id, first, last, own }: SeenType): CatalogueType => ({
  type: _id.type,
  label: null,
  firstSeenAt: first,
  lastSeenAt: last,
  ...(own ? {} : { demo: true }),
});

/** Properties from what was seen, the most frequent first. */
function toProperties(seen: readonly SeenProperty[]): CatalogueProperty[] {
  const byName = new Map<string, { type: PropertyType; eventTypes: Set<string>; own: boolean }>();
  for (const { _id, own } of seen) {
    const kind = kinds[_id.kind];
    if (!kind) continue;
    const known = byName.get(_id.name) ?? { type: kind, eventTypes: new Set<string>(), own: false };
    known.eventTypes.add(_id.type);
    byName.set(_id.name, { ...known, own: known.own || own });
  }
  return [...byName].map(([name, { type, eventTypes, own }]) => ({
    name,
    type,
    label: null,
    eventTypes: [...eventTypes],
    ...(own ? {} : { demo: true }),
  }));
}
