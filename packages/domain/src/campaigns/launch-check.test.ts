import { describe, expect, test } from 'vitest';
import type { SegmentId } from '../ids/id.ts';
import { checkLaunch, isLaunchable, type LaunchFacts, senderOf } from './launch-check.ts';

const now = new Date('2026-11-22T12:00:00Z');
const segment = 'seg_00000000000000000000000001' as SegmentId;
const sound: LaunchFacts = {
  campaign: {
    purpose: 'marketing',
    audience: { include: [segment], exclude: [] },
    content: { subject: 'Hello', preheader: 'There', mjml: '<mjml></mjml>', text: null },
    sender: null,
    schedule: { type: 'now' },
  },
  sender: { fromName: 'Shop', fromEmail: 'shop@example.com', replyTo: '', postalAddress: '1 Main St' },
  audience: { waterfall: { inSegments: 5, steps: [], reachable: 5 } },
  message: { faults: [], unsubscribe: { html: true, text: true }, showsPostalAddress: true },
  now,
};
type Change = { [K in keyof LaunchFacts]?: Partial<LaunchFacts[K]> };
const facts = (change: Change): LaunchFacts => ({
  campaign: { ...sound.campaign, ...change.campaign },
  sender: { ...sound.sender, ...change.sender },
  audience: (change.audience ?? sound.audience) as LaunchFacts['audience'],
  message: { ...sound.message, ...change.message },
  now,
});
const content = (part: Partial<LaunchFacts['campaign']['content']>) => ({
  campaign: { content: { ...sound.campaign.content, ...part } },
});
const at = (iso: string) => ({ campaign: { schedule: { type: 'at', at: new Date(iso) } as const } });

test('finds nothing in a campaign that is ready', () => {
  expect(checkLaunch(sound)).toEqual([]);
});

describe('finds, with the path of the field,', () => {
  test.each<[string, Change, string, string]>([
    ['no audience', { campaign: { audience: { include: [], exclude: [] } } }, 'audience_missing', 'audience.include'],
    [
      'an audience that reaches nobody',
      { audience: { waterfall: { inSegments: 5, steps: [{ reason: 'excluded', count: 5 }], reachable: 0 } } },
      'audience_empty',
      'audience.include',
    ],
    [
      'a segment that is gone',
      { audience: { faults: [{ code: 'segment_missing', path: ['audience', 'exclude', 0] }] } },
      'segment_missing',
      'audience.exclude.0',
    ],
    ['no subject', content({ subject: ' ' }), 'subject_missing', 'content.subject'],
    ['no preheader', content({ preheader: '' }), 'preheader_missing', 'content.preheader'],
    ['no message', content({ mjml: '' }), 'message_missing', 'content.mjml'],
    [
      'what the compiler found',
      {
        message: {
          faults: [{ code: 'mjml_faulty', path: ['content', 'mjml'] }],
          unsubscribe: { html: false, text: false },
        },
      },
      'mjml_faulty',
      'content.mjml',
    ],
    [
      'no unsubscribe link',
      { message: { unsubscribe: { html: false, text: true } } },
      'unsubscribe_missing',
      'content.mjml',
    ],
    [
      'none in the text',
      { message: { unsubscribe: { html: true, text: false } } },
      'unsubscribe_missing',
      'content.text',
    ],
    [
      'no postal address in the message',
      { message: { showsPostalAddress: false } },
      'postal_address_unshown',
      'content.mjml',
    ],
    ['no postal address', { sender: { postalAddress: '' } }, 'postal_address_missing', 'organization.postalAddress'],
    ['no From name', { sender: { fromName: '' } }, 'from_name_missing', 'sender.fromName'],
    ['no From address', { sender: { fromEmail: '' } }, 'from_email_missing', 'sender.fromEmail'],
    ['a From address that is none', { sender: { fromEmail: 'shop' } }, 'from_email_wrong', 'sender.fromEmail'],
    ['a Reply-To that is none', { sender: { replyTo: 'a b@c' } }, 'reply_to_wrong', 'sender.replyTo'],
    ['a time that has passed', at('2026-11-22T12:00:00Z'), 'schedule_in_past', 'schedule.at'],
  ])('%s', (_what, change, code, path) => {
    expect(checkLaunch(facts(change)).map((fault) => [fault.code, fault.path.join('.')])).toEqual([[code, path]]);
  });
});

describe('a local time', () => {
  const local = (date: string, passed: 'now' | 'skip', zones: readonly string[]) =>
    checkLaunch({
      ...facts({ campaign: { schedule: { type: 'local', date, time: '09:00', passed, at: null } } }),
      zones,
    }).map(({ code }) => code);
  test('that is still to come somewhere is fine', () => {
    expect(local('2026-11-22', 'skip', ['Europe/Berlin', 'America/New_York'])).toEqual([]);
  });
  test('that has passed for everybody is a fault where they would get nothing', () => {
    expect(local('2026-11-22', 'skip', ['Europe/Berlin'])).toEqual(['schedule_in_past']);
    expect(local('2026-11-22', 'now', ['Europe/Berlin'])).toEqual([]);
  });
  test('that has passed everywhere is a fault', () => {
    expect(local('2026-11-21', 'now', ['Europe/Berlin'])).toEqual(['schedule_in_past']);
  });
});

test('a service message needs neither unsubscribe link nor postal address', () => {
  const change: Change = {
    campaign: { purpose: 'service' },
    sender: { postalAddress: '' },
    message: { unsubscribe: { html: false, text: false }, showsPostalAddress: false },
  };
  expect(checkLaunch(facts(change))).toEqual([]);
});

test('warnings keep nothing from going out', () => {
  expect(isLaunchable(checkLaunch(facts(content({ preheader: '' }))))).toBe(true);
  expect(isLaunchable(checkLaunch(facts(content({ subject: '' }))))).toBe(false);
});

test("an empty field of a campaign's sender is the organization's", () => {
  const own = { fromName: '', fromEmail: 'news@example.com', replyTo: '' };
  expect(senderOf(own, sound.sender)).toEqual({ ...sound.sender, fromEmail: 'news@example.com' });
  expect(senderOf(null, sound.sender)).toEqual(sound.sender);
});
