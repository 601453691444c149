import { toleratedShare } from '../delivery/bounces.ts';
import type { DomainError } from '../errors/error-code.ts';
import type { RunId } from '../ids/id.ts';
import { err, ok, type Result } from '../result.ts';
import type { Campaign, CampaignFailure, CampaignState } from './campaign.ts';
import type { CampaignSchedule } from './schedule.ts';

/** What can be done to a campaign. A `reason` says why it stops without a person asking for it. */
export type CampaignCommand =
  | { readonly type: 'schedule'; readonly at: Date }
  | { readonly type: 'unschedule' }
  | { readonly type: 'launch'; readonly runId: RunId }
  | { readonly type: 'pause'; readonly reason?: CampaignFailure }
  | { readonly type: 'resume' }
  | { readonly type: 'cancel' }
  | { readonly type: 'finish' }
  | { readonly type: 'fail'; readonly reason: CampaignFailure };
export type CampaignCommandType = CampaignCommand['type'];

/** What a command changes. */
export type CampaignChange = Partial<
  Pick<Campaign, 'state' | 'schedule' | 'runId' | 'launchedAt' | 'finishedAt' | 'failure' | 'toleratedBounces'>
>;

/** The states that a command starts from; anywhere else it is refused. A campaign that was paused when its last message went out is sent. */
const from: Readonly<Record<CampaignCommandType, readonly CampaignState[]>> = {
  schedule: ['draft'],
  unschedule: ['scheduled'],
  launch: ['draft', 'scheduled'],
  pause: ['sending'],
  resume: ['paused'],
  cancel: ['scheduled', 'sending', 'paused'],
  finish: ['sending', 'paused'],
  fail: ['scheduled', 'sending', 'paused'],
};

/** Whether a command is possible in a state; what buttons ask. */
export const canCommand = (state: CampaignState, command: CampaignCommandType): boolean =>
  from[command].includes(state);

/** Whether the author may still edit. */
export const isEditable = (state: CampaignState): boolean => state === 'draft';

/**
 * The one table of a campaign's life: `draft -> scheduled -> sending -> sent`, with `paused`, `cancelled` and `failed`.
 * Refuses with `campaign_state` (details: state, command), and a time that has passed with `schedule_in_past`.
 */
export function decideCampaign(
  campaign: Pick<Campaign, 'state' | 'launchedAt' | 'schedule'> & Partial<Pick<Campaign, 'failure'>>,
  command: CampaignCommand,
  now: Date,
): Result<CampaignChange, DomainError> {
  if (!canCommand(campaign.state, command.type)) {
    return err({ code: 'campaign_state', details: { state: campaign.state, command: command.type } });
  }
  switch (command.type) {
    case 'schedule':
      return scheduled(campaign.schedule, command.at, now);
    case 'unschedule':
      return ok({ state: 'draft' });
    case 'launch':
      return ok({ state: 'sending', runId: command.runId, launchedAt: now, failure: null });
    case 'pause':
      return ok({ state: 'paused', failure: command.reason ?? null });
    case 'resume': {
      const toleratedBounces = toleratedShare(campaign.failure ?? null);
      return ok({ state: 'sending', failure: null, ...(toleratedBounces === undefined ? {} : { toleratedBounces }) });
    }
    case 'cancel':
      return ok({ state: 'cancelled', finishedAt: now });
    case 'finish':
      return ok({ state: 'sent', finishedAt: now, failure: null });
    case 'fail':
      return ok({ state: 'failed', finishedAt: now, failure: command.reason });
    default:
      return command satisfies never;
  }
}

/** A local time is launched with the first of its zones, and at once where that one's time has passed: the others still have theirs. */
function scheduled(schedule: CampaignSchedule, at: Date, now: Date): Result<CampaignChange, DomainError> {
  if (schedule.type !== 'local' && at.getTime() <= now.getTime()) {
    return err({ code: 'schedule_in_past', path: ['schedule', 'at'] });
  }
  const keeps = schedule.type === 'local' || schedule.type === 'spread';
  return ok({ state: 'scheduled', schedule: keeps ? { ...schedule, at } : { type: 'at', at }, failure: null });
}
