import type { Attribute } from '@mini-crm/domain';
import { newId } from '../ids/new-id.ts';
import type { Bound } from '../organization/bound.ts';
import type { AttributeDocument } from './attribute.model.ts';

/** The attribute catalogue of one organization. */
export function attributesRepository(attributes: Bound<AttributeDocument>) {
  const toAttribute = ({ slug, label, type, options }: AttributeDocument): Attribute => ({
    slug,
    label,
    type,
    options: [...options],
  });
  return {
    /** All attributes by label. */
    async list(): Promise<Attribute[]> {
      return (await attributes.find({}).sort({ label: 1, _id: 1 }).toArray()).map(toAttribute);
    },
    async get(slug: string): Promise<Attribute | null> {
      const found = await attributes.findOne({ slug });
      return found && toAttribute(found);
    },
    /** Adds an attribute; false where the slug is taken. */
    async insert(attribute: Attribute): Promise<boolean> {
      const done = await attributes.updateOne(
        { slug: attribute.slug },
        { $setOnInsert: { _id: newId('attribute'), ...attribute, createdAt: new Date() } },
        { upsert: true },
      );
      return done.upsertedCount === 1;
    },
    /** Changes what may change: label and options. */
    async replace(slug: string, change: Pick<Attribute, 'label' | 'options'>): Promise<boolean> {
      const done = await attributes.updateOne(
        { slug },
        { $set: { label: change.label, options: [...change.options] } },
      );
      return done.matchedCount === 1;
    },
    async remove(slug: string): Promise<boolean> {
      return (await attributes.deleteOne({ slug })) === 1;
    },
    count: () => attributes.count({}),
  };
}

export type AttributesRepository = ReturnType<typeof attributesRepository>;
