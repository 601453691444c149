import type { NewPage } from '@mini-crm/db';
import { builtPageId, type OrganizationId, type Run } from '@mini-crm/domain';
import type { Engine } from './engine.ts';
import { type PagePlan, pagePlan, type Recipient } from './page-plan.ts';

/**
 * Writes everybody whom a run reaches in pages, in the order of ids, from behind the last page that is there, and marks
 * the audience as complete. Only who holds the builder's place may write; one that lost it or is stopped leaves the rest
 * to the next.
 */
export async function buildPages(engine: Engine, orgId: OrganizationId, run: Run, token: string): Promise<void> {
  const db = engine.db(orgId);
  const plan = pagePlan(run, await engine.rules(orgId));
  const last = await db.pages.lastBuilt(run.id);
  const at = { sequence: last ? last.sequence + 1 : 0, people: last ? await db.pages.builtRecipients(run.id) : 0 };
  let people: Recipient[] = [];

  for await (const next of db.reach.reachableAudience(run, 'email', last?.customerId ?? null)) {
    people.push(...next);
    while (people.length >= plan.peopleAtOnce) {
      if (!(await write(people.slice(0, plan.peopleAtOnce)))) return;
      people = people.slice(plan.peopleAtOnce);
    }
    if (engine.stopping.aborted || !(await db.runWork.holdBuilder(run.id, token))) return;
  }

  const planned = await engine.database.transaction(async (session) => {
    if (!(await db.runWork.holdBuilder(run.id, token, session))) return null;
    await db.pages.insertMany(pagesOf(plan, run, people, at), session);
    const count = await db.pages.builtRecipients(run.id, session);
    await db.runs.built(run.id, count, engine.now(), session);
    return count;
  });
  if (planned !== null) engine.log.info({ orgId, runId: run.id, planned }, 'audience is complete');

  async function write(next: readonly Recipient[]): Promise<boolean> {
    const pages = pagesOf(plan, run, next, at);
    const written = await engine.database.transaction(async (session) => {
      if (!(await db.runWork.holdBuilder(run.id, token, session))) return false;
      await db.pages.insertMany(pages, session);
      return true;
    });
    at.sequence += pages.length;
    at.people += next.length;
    return written;
  }
}

/** The pages of people who follow the `people` before them, with the sequence numbers that come next. */
const pagesOf = (
  plan: PagePlan,
  { id: runId, campaignId }: Run,
  people: readonly Recipient[],
  at: { readonly sequence: number; readonly people: number },
): NewPage[] =>
  plan.pages(people, at.people).map((page, i) => ({
    id: builtPageId(runId, at.sequence + i),
    runId,
    campaignId,
    parent: null,
    attempt: 1,
    ...page,
  }));
