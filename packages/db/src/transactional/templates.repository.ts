import type { PublishedVersion, Template, TemplateDraft, TemplateId } from '@mini-crm/domain';
import { type ClientSession, MongoServerError } from 'mongodb';
import type { Bound, Unowned } from '../organization/bound.ts';
import type { TemplateDocument, TemplateVersionDocument } from './template.model.ts';

/** A template without the body of its message, which lists don't show. */
export type TemplateSummary = Omit<Template, 'content' | 'sample'> & { readonly subject: string };

/** What sending by a template asks of it. */
export type SendableTemplate = Pick<Template, 'id' | 'slug' | 'published' | 'archivedAt'>;

const sendable = { slug: 1, published: 1, archivedAt: 1 } as const;
const duplicateKey = 11_000;

/** The templates of one organization's transactional messages, and their published versions. */
export function templatesRepository(templates: Bound<TemplateDocument>, versions: Bound<TemplateVersionDocument>) {
  return {
    /** The newest first, without the bodies. */
    async list(): Promise<TemplateSummary[]> {
      const found = await templates
        .find({}, { projection: { 'content.mjml': 0, 'content.text': 0, sample: 0 } })
        .sort({ _id: -1 })
        .toArray();
      return found.map(({ _id, orgId: _, content, sample: _sample, ...rest }) => ({
        id: _id,
        ...rest,
        subject: content.subject,
      }));
    },

    count: () => templates.count({}),

    async get(id: TemplateId): Promise<Template | null> {
      const found = await templates.get(id);
      return found && toTemplate(found);
    },

    /** What is sent by a name of a program's, or by an id. */
    async sendable(by: { readonly id: TemplateId } | { readonly slug: string }): Promise<SendableTemplate | null> {
      const where = 'id' in by ? { _id: by.id } : { slug: by.slug };
      const found = await templates.findOne(where, { projection: sendable });
      return found && { id: found._id, slug: found.slug, published: found.published, archivedAt: found.archivedAt };
    },

    /** The names of several, for logs. */
    async names(ids: readonly TemplateId[]): Promise<Map<TemplateId, string>> {
      if (ids.length === 0) return new Map();
      const found = await templates.find({ _id: { $in: [...ids] } }, { projection: { name: 1 } }).toArray();
      return new Map(found.map(({ _id, name }) => [_id, name]));
    },

    /** Which of these slugs are taken. */
    async slugsTaken(slugs: readonly string[]): Promise<string[]> {
      const found = await templates.find({ slug: { $in: [...slugs] } }, { projection: { slug: 1 } }).toArray();
      return found.map(({ slug }) => slug);
    },

    /** False where another template has its slug. */
    insert: (template: Template): Promise<boolean> => unlessTaken(() => templates.insert(toDocument(template))),

    /** Saves a draft over the version that its author saw; null where that is not the one any more, `taken` where its slug is another's. */
    async replace(id: TemplateId, version: number, draft: TemplateDraft, now: Date): Promise<number | null | 'taken'> {
      let saved: number | null = null;
      const free = await unlessTaken(async () => {
        const change = { $set: { ...stored(draft), updatedAt: now }, $inc: { version: 1 } };
        saved = (await templates.updateOne({ _id: id, version }, change)).matchedCount === 1 ? version + 1 : null;
      });
      return free ? saved : 'taken';
    },

    /** Makes a version what goes out. False where the draft is not the one any more that it was made of. */
    async publish(
      id: TemplateId,
      published: PublishedVersion,
      version: Omit<Unowned<TemplateVersionDocument>, '_id' | 'templateId' | 'number' | 'publishedAt' | 'publishedBy'>,
      session: ClientSession,
    ): Promise<boolean> {
      const done = await templates.updateOne(
        {
          _id: id,
          version: published.draft,
          'published.number': published.number === 1 ? null : published.number - 1,
        } as object,
        { $set: { published, archivedAt: null } },
        { session },
      );
      if (done.matchedCount === 0) return false;
      const { number, at, by } = published;
      await versions.insert(
        { _id: `${id}:${number}`, templateId: id, number, ...version, publishedAt: at, publishedBy: by },
        session,
      );
      return true;
    },

    /** A published version; null where there is none of this number. */
    version: (id: TemplateId, number: number): Promise<TemplateVersionDocument | null> =>
      versions.get(`${id}:${number}`),

    /** Takes a template out of use, or back into it. False where there is none. */
    async setArchived(id: TemplateId, archivedAt: Date | null): Promise<boolean> {
      return (await templates.updateOne({ _id: id }, { $set: { archivedAt } })).matchedCount === 1;
    },

    /** Deletes a template that was never published. */
    async remove(id: TemplateId): Promise<boolean> {
      return (await templates.deleteOne({ _id: id, published: null })) === 1;
    },
  };
}

export type TemplatesRepository = ReturnType<typeof templatesRepository>;

function toTemplate({ _id, orgId: _, sample, ...rest }: TemplateDocument): Template {
  return { id: _id, ...rest, sample: JSON.parse(sample) };
}

function toDocument({ id, ...rest }: Template): Unowned<TemplateDocument> {
  return { _id: id, ...rest, sample: JSON.stringify(rest.sample) };
}

const stored = (draft: TemplateDraft) => ({ ...draft, sample: JSON.stringify(draft.sample) });

async function unlessTaken(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === duplicateKey) return false;
    throw error;
  }
}
