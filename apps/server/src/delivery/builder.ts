import type { NewPage } from '@mini-crm/db';
import { builtPageId, type CustomerId, type OrganizationId, pageSize, type Run } from '@mini-crm/domain';
import type { Engine } from './engine.ts';

/** People that are written in one transaction. */
const peopleAtOnce = 20 * pageSize;

/**
 * Writes everybody whom a run reaches in pages, in the order of ids, from behind the last page that is there, and marks
 * the audience as complete. Only who holds the builder's place may write; one that lost it or is stopped leaves the rest
 * to the next.
 */
export async function buildPages(engine: Engine, orgId: OrganizationId, run: Run, token: string): Promise<void> {
  const db = engine.db(orgId);
  const last = await db.pages.lastBuilt(run.id);
  const dueAt = engine.now();
  let sequence = last ? last.sequence + 1 : 0;
  let people: CustomerId[] = [];

  for await (const ids of db.reach.reachableAudience(run, 'email', last?.customerId ?? null)) {
    people.push(...ids);
    while (people.length >= peopleAtOnce) {
      if (!(await write(people.slice(0, peopleAtOnce)))) return;
      people = people.slice(peopleAtOnce);
    }
    if (engine.stopping.aborted || !(await db.runWork.holdBuilder(run.id, token))) return;
  }

  const planned = await engine.database.transaction(async (session) => {
    if (!(await db.runWork.holdBuilder(run.id, token, session))) return null;
    await db.pages.insertMany(pagesOf(people), session);
    const count = await db.pages.builtRecipients(run.id, session);
    await db.runs.built(run.id, count, engine.now(), session);
    return count;
  });
  if (planned !== null) engine.log.info({ orgId, runId: run.id, planned }, 'audience is complete');

  async function write(next: readonly CustomerId[]): Promise<boolean> {
    const pages = pagesOf(next);
    const written = await engine.database.transaction(async (session) => {
      if (!(await db.runWork.holdBuilder(run.id, token, session))) return false;
      await db.pages.insertMany(pages, session);
      return true;
    });
    sequence += pages.length;
    return written;
  }

  function pagesOf(next: readonly CustomerId[]): NewPage[] {
    return Array.from({ length: Math.ceil(next.length / pageSize) }, (_, i) => ({
      id: builtPageId(run.id, sequence + i),
      runId: run.id,
      campaignId: run.campaignId,
      customerIds: next.slice(i * pageSize, (i + 1) * pageSize),
      parent: null,
      attempt: 1,
      dueAt,
    }));
  }
}
