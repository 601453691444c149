import { bindRule, newId } from '@mini-crm/db';
import { type CampaignId, type DomainError, err, fold, type Result, type Rule, type Segment } from '@mini-crm/domain';
import { ruleContext } from '../segments/rule-context.ts';
import { checkSegmentLimit } from '../segments/segment-limit.ts';
import type { OrganizationContext } from '../trpc.ts';

/**
 * Makes a list of everybody to whom a campaign was sent: after a cancel, who got it. A worker fills it. Without a name it gets one. What is sent later,
 * and what is not known, is not in it.
 */
export async function makeListOfSent(
  ctx: OrganizationContext,
  { id, name }: { id: CampaignId; name?: string | undefined },
): Promise<Result<Segment, DomainError>> {
  const now = ctx.deps.now();
  const campaign = await ctx.db.campaigns.get(id);
  if (!campaign) return err({ code: 'not_found' });
  const run = campaign.runId && (await ctx.db.runs.get(campaign.runId));
  // Once its rows are removed, nobody can say who got it.
  if (!run || run.removedSince) {
    return err({ code: 'campaign_state', details: { state: campaign.state, command: 'listOfSent' } });
  }
  const room = await checkSegmentLimit(ctx);
  if (!room.ok) return room;
  const got: Rule = {
    version: 1,
    root: { type: 'engagement', kind: 'sent', campaignId: id, window: { type: 'ever' } },
  };
  const rule = await bindRule(ctx.db.audience, got, await ruleContext(ctx, now));
  if (!rule.ok) return err({ code: 'rule_invalid', details: { ...rule.error } });
  const from = { id, name: campaign.name };
  const filling = { from, startedAt: now, added: 0, rule: rule.value, after: null, heldUntil: now, token: null };
  const description = `Who got “${campaign.name}”.`;
  const called = name ?? freeName(campaign.name, await ctx.db.segments.takenNames());
  return ctx.db.segments.insert(newId('segment'), { name: called, description, kind: 'static', filling }, now);
}

/** `Got “News”`, then `Got “News” 2`, the first that is not taken in any case. */
function freeName(campaign: string, taken: readonly string[]): string {
  const base = `Got “${[...campaign].slice(0, 100).join('')}”`;
  const folded = new Set(taken.map(fold));
  let candidate = base;
  for (let number = 2; folded.has(fold(candidate)); number++) candidate = `${base} ${number}`;
  return candidate;
}
