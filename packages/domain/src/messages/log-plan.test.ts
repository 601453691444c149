import { expect, test } from 'vitest';
import { makeId } from '../ids/id.ts';
import { logConflicts, planLog } from './log-plan.ts';
import type { MessageFilter } from './message-filter.ts';

const bytes = new Uint8Array(16);
const customerId = makeId('customer', 1, bytes);
const campaignId = makeId('campaign', 1, bytes);
const templateId = makeId('template', 1, bytes);
const at = '2026-11-01T00:00:00Z';

test.each<[MessageFilter, string | null, boolean]>([
  [{}, 'state', true],
  [{ from: at }, 'state', true],
  [{ customerId, from: at, to: at }, 'customer', true],
  [{ show: 'messages' }, 'state', false],
  [{ show: 'messages', channel: 'sms', state: 'failed', from: at }, 'state', false],
  [{ channel: 'email', reason: 'mailbox_full' }, 'reason', false],
  [{ state: 'failed', reason: 'mailbox_full' }, 'reason', false],
  [{ response: 'clicked', to: at }, 'response', false],
  [{ campaignId }, 'campaign', false],
  [{ campaignId, state: 'sent' }, 'campaign', false],
  [{ campaignId, reason: 'no_consent', from: at }, 'campaignReason', false],
  [{ campaignId, response: 'opened' }, 'campaignResponse', false],
  [{ campaignId, link: 3 }, 'campaignLink', false],
  [{ show: 'transactional', state: 'failed' }, 'transactional', false],
  [{ templateId, state: 'failed' }, 'template', false],
  [{ customerId, campaignId, link: 3, state: 'sent', response: 'clicked', channel: 'email' }, 'customer', false],
  [{ customerId, show: 'transactional' }, 'customer', false],
  [{ address: 'a@b.example', reason: 'mailbox_full', channel: 'email' }, 'address', false],
  [{ show: 'interactions', from: at }, null, true],
  [{ interaction: 'call' }, null, true],
  [{ customerId, interaction: 'call', show: 'interactions' }, null, true],
])('%j is read by %s, with interactions: %s', (filter, messages, interactions) => {
  expect(planLog(filter)).toEqual({ ok: true, value: { messages, interactions } });
});

test.each<[MessageFilter]>([
  [{ campaignId, channel: 'email' }],
  [{ campaignId, response: 'opened', state: 'sent' }],
  [{ campaignId, link: 1, response: 'clicked' }],
  [{ response: 'opened', channel: 'email' }],
  [{ response: 'opened', reason: 'mailbox_full' }],
  [{ show: 'transactional', channel: 'email' }],
  [{ show: 'transactional', campaignId }],
  [{ templateId, campaignId }],
  [{ interaction: 'call', state: 'sent' }],
  [{ interaction: 'call', show: 'messages' }],
  [{ show: 'interactions', campaignId }],
])('%j is refused, and the refusal names the combinations that there are', (filter) => {
  const { from: _from, to: _to, ...asked } = filter;
  const answer = planLog(filter);
  expect(answer).toMatchObject({ ok: false, error: { code: 'log_filter_unsupported' } });
  if (answer.ok) return;
  expect(new Set(answer.error.details?.asked as string[])).toEqual(new Set(Object.keys(asked)));
  expect(answer.error.details?.combinations).toContainEqual({ by: ['campaignId', 'reason'], also: ['state'] });
});

test('says which facet stands in the way of another', () => {
  expect(logConflicts({}, { channel: 'sms' })).toEqual([]);
  expect(logConflicts({ campaignId }, { state: 'sent' })).toEqual([]);
  expect(logConflicts({ campaignId }, { channel: 'sms' })).toEqual(['campaignId']);
  expect(logConflicts({ state: 'sent', channel: 'email' }, { response: 'opened' })).toEqual(['channel', 'state']);
  expect(logConflicts({ interaction: 'call' }, { state: 'sent' })).toEqual(['interaction']);
});
