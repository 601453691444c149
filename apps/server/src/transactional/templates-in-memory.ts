import type { OrganizationDatabase, TemplateVersionDocument } from '@mini-crm/db';
import type { TemplateId } from '@mini-crm/domain';
import { type OpenTemplate, openTemplate } from './open-template.ts';

/** A published version, ready to make messages. */
export interface ReadyTemplate {
  readonly version: TemplateVersionDocument;
  readonly open: OpenTemplate;
}

const most = 200;

/** Finds published versions and keeps those that were used last: a version never changes. */
export function templatesInMemory() {
  const kept = new Map<string, ReadyTemplate>();
  return {
    async of(db: OrganizationDatabase, id: TemplateId, number: number): Promise<ReadyTemplate | null> {
      const key = `${db.orgId}:${id}:${number}`;
      const known = kept.get(key);
      if (known) {
        kept.delete(key);
        kept.set(key, known);
        return known;
      }
      const version = await db.templates.version(id, number);
      if (!version) return null;
      const ready = { version, open: openTemplate(version.content) };
      kept.set(key, ready);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      return ready;
    },
  };
}

export type TemplatesInMemory = ReturnType<typeof templatesInMemory>;
