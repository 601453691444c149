import { isDuplicateKey, newId } from '@mini-crm/db';
import {
  type Campaign,
  type CampaignFigures,
  type CampaignId,
  type CampaignState,
  type DomainError,
  err,
  ok,
  type Result,
  type Run,
  type SendAgainKind,
  sendAgainKindOf,
  sendAgainKinds,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

/** A campaign is over: nobody is sent it any more. */
const over: readonly CampaignState[] = ['sent', 'cancelled', 'failed'];

/** Who of a campaign's recipients can be sent it again, and the campaigns that did. */
export interface SendAgainReport {
  readonly counts: Readonly<Record<SendAgainKind, number>>;
  /** Whether everybody has a row: before, and once the rows are removed, nobody can say who did not get it. */
  readonly ready: boolean;
  readonly campaigns: readonly {
    readonly id: CampaignId;
    readonly name: string;
    readonly launchedAt: Date | null;
    readonly kinds: readonly SendAgainKind[];
  }[];
}

/** How many people are of each kind, by the reasons that a report has counted. */
export function sendAgainCounts({ reasons }: Pick<CampaignFigures, 'reasons'>): Record<SendAgainKind, number> {
  const counts = { missed: 0, unsure: 0 };
  for (const { state, reason, count } of reasons) {
    const kind = sendAgainKindOf(state, reason);
    if (kind) counts[kind] += count;
  }
  return counts;
}

/** What a report says of sending again. */
export async function sendAgainReport(
  { db }: OrganizationContext,
  campaign: Pick<Campaign, 'id' | 'state' | 'runId'>,
  run: Pick<Run, 'removedSince'>,
  figures: Pick<CampaignFigures, 'reasons'>,
): Promise<SendAgainReport> {
  const [done, settled] = await Promise.all([
    db.campaigns.again(campaign.id),
    campaign.runId ? db.runWork.isSettled(campaign.runId) : false,
  ]);
  return {
    counts: sendAgainCounts(figures),
    ready: settled && over.includes(campaign.state) && !run.removedSince,
    campaigns: done.map(({ id, name, launchedAt, again }) => ({ id, name, launchedAt, kinds: again?.kinds ?? [] })),
  };
}

export interface SendAgainInput {
  readonly id: CampaignId;
  readonly kinds: readonly SendAgainKind[];
  /** The number that was on the button: to more people than that it does not go. */
  readonly confirmed: number;
}

/**
 * Sends a campaign's message, as it was, to those who did not get it: a campaign of its own, whose run takes its people from
 * the rows of the first one. Of each kind there is one: whoever asks again is told of it, and each row is taken once.
 */
export async function sendAgain(
  ctx: OrganizationContext,
  { id, kinds: asked, confirmed }: SendAgainInput,
): Outcome<{ id: CampaignId; already: boolean }> {
  const { db, deps } = ctx;
  const campaign = await db.campaigns.get(id);
  if (!campaign) return err({ code: 'not_found' });
  const run = campaign.runId && (await db.runs.get(campaign.runId));
  // Once its rows are removed, nobody can say whom it missed.
  if (!run || run.removedSince || !over.includes(campaign.state) || !(await db.runWork.isSettled(run.id))) {
    return err({ code: 'campaign_state', details: { state: campaign.state, command: 'sendAgain' } });
  }
  const kinds = sendAgainKinds.filter((kind) => asked.includes(kind));
  const before = await already(ctx, id, kinds);
  if (before) return ok({ id: before, already: true });

  const counts = sendAgainCounts(await db.campaignReports.figures(id));
  const count = kinds.reduce((sum, kind) => sum + counts[kind], 0);
  if (count === 0) return err({ code: 'nobody_missed' });
  if (count > confirmed) return err({ code: 'audience_grown', details: { confirmed, reachable: count } });
  const next = againOf(campaign, run, kinds, count, { now: deps.now(), by: ctx.user.id });
  try {
    await deps.database.transaction(async (session) => {
      await db.campaigns.insert(next.campaign, { session });
      await db.runs.insert(next.run, { session });
    });
  } catch (error) {
    const first = isDuplicateKey(error) ? await already(ctx, id, kinds) : null;
    if (!first) throw error;
    return ok({ id: first, already: true });
  }
  ctx.log.info({ by: ctx.user.id, campaignId: next.campaign.id, of: id, kinds, count }, 'campaign sent again');
  return ok({ id: next.campaign.id, already: false });
}

async function already({ db }: OrganizationContext, id: CampaignId, kinds: readonly SendAgainKind[]) {
  const found = await db.campaigns.again(id);
  return found.find(({ again }) => again?.kinds.some((kind) => kinds.includes(kind)))?.id ?? null;
}

const longestName = 120;

function againOf(
  original: Campaign,
  first: Run,
  kinds: readonly SendAgainKind[],
  count: number,
  { now, by }: { now: Date; by: Campaign['createdBy'] },
): { campaign: Campaign; run: Run } {
  const ending = ' (again)';
  const start = original.name.replace(/( \(again\))+$/, '').slice(0, longestName - ending.length);
  const { channel, purpose, content, sender } = original;
  const id = newId('campaign');
  const runId = newId('run');
  const campaign: Campaign = {
    id,
    name: start.trimEnd() + ending,
    ...{ channel, purpose, content, sender },
    audience: { include: [], exclude: [] },
    schedule: { type: 'now' },
    state: 'sending',
    version: 1,
    runId,
    createdBy: by,
    createdAt: now,
    updatedAt: now,
    launchedAt: now,
    finishedAt: null,
    failure: null,
    again: { campaignId: original.id, runId: first.id, name: original.name, kinds },
  };
  const run: Run = {
    id: runId,
    campaignId: id,
    state: 'building',
    boundAt: now,
    // Its people are told by rows; its rule reaches nobody.
    rule: { ...first.rule, root: { type: 'not', child: { type: 'everyone' } } },
    content: first.content,
    segments: { include: [], exclude: [] },
    waterfall: { inSegments: count, steps: [], reachable: count },
    planned: null,
    createdAt: now,
    builtAt: null,
    finishedAt: null,
    again: { runId: first.id, kinds },
  };
  return { campaign, run };
}
