import { describe, expect, test } from 'vitest';
import type { RunId } from '../ids/id.ts';
import { type CampaignState, campaignStates } from './campaign.ts';
import { type CampaignCommand, canCommand, decideCampaign } from './campaign-machine.ts';

const now = new Date('2026-11-22T12:00:00Z');
const later = new Date('2026-11-23T09:00:00Z');
const earlier = new Date('2026-11-21T09:00:00Z');
const runId = 'run_00000000000000000000000001' as RunId;
const reason = { code: 'login_refused', details: { reply: '535' } };

const given = (state: CampaignState) => ({ state, launchedAt: null, schedule: { type: 'now' } as const });
const when = (state: CampaignState, command: CampaignCommand) => decideCampaign(given(state), command, now);

/** What each command does where it may; every other pair is refused. */
const table: { command: CampaignCommand; to: { [S in CampaignState]?: object } }[] = [
  {
    command: { type: 'schedule', at: later },
    to: { draft: { state: 'scheduled', schedule: { type: 'at', at: later }, failure: null } },
  },
  { command: { type: 'unschedule' }, to: { scheduled: { state: 'draft' } } },
  {
    command: { type: 'launch', runId },
    to: {
      draft: { state: 'sending', runId, launchedAt: now, failure: null },
      scheduled: { state: 'sending', runId, launchedAt: now, failure: null },
    },
  },
  { command: { type: 'pause' }, to: { sending: { state: 'paused', failure: null } } },
  { command: { type: 'pause', reason }, to: { sending: { state: 'paused', failure: reason } } },
  { command: { type: 'resume' }, to: { paused: { state: 'sending', failure: null } } },
  {
    command: { type: 'cancel' },
    to: {
      scheduled: { state: 'cancelled', finishedAt: now },
      sending: { state: 'cancelled', finishedAt: now },
      paused: { state: 'cancelled', finishedAt: now },
    },
  },
  {
    command: { type: 'finish' },
    to: {
      sending: { state: 'sent', finishedAt: now, failure: null },
      paused: { state: 'sent', finishedAt: now, failure: null },
    },
  },
  {
    command: { type: 'fail', reason },
    to: {
      scheduled: { state: 'failed', finishedAt: now, failure: reason },
      sending: { state: 'failed', finishedAt: now, failure: reason },
      paused: { state: 'failed', finishedAt: now, failure: reason },
    },
  },
];

describe.each(table)('$command.type', ({ command, to }) => {
  test.each(campaignStates)(`given a campaign that is %s`, (state) => {
    const change = to[state];
    expect(when(state, command)).toEqual(
      change
        ? { ok: true, value: change }
        : { ok: false, error: { code: 'campaign_state', details: { state, command: command.type } } },
    );
    expect(canCommand(state, command.type)).toBe(change !== undefined);
  });
});

describe('schedule', () => {
  test.each([now, earlier])('refuses a time that has passed: %s', (at) => {
    expect(when('draft', { type: 'schedule', at })).toEqual({
      ok: false,
      error: { code: 'schedule_in_past', path: ['schedule', 'at'] },
    });
  });
});
