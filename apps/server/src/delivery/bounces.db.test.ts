import { bounceHalt } from '@mini-crm/domain';
import { expect, test } from 'vitest';
import { engineStage } from './testing/engine-stage.ts';
import { until } from './testing/sending-fixture.ts';

const stage = engineStage();

/** These addresses don't exist. */
function unknown(recipient: RegExp) {
  stage.smtp.acceptAll();
  stage.smtp.answer({ recipient, stage: 'rcpt', code: 550, text: '5.1.1 No such user here' });
}

test('an address that does not exist is suppressed, with what its server said', async () => {
  unknown(/^c\d*0@/);
  const sending = await stage.launch(20);
  stage.start();
  await stage.ended(sending);
  const listed = await stage.db(sending).suppressions.list({ limit: 10 });
  expect(listed.map(({ address }) => address).sort()).toEqual(['c0@test.example', 'c10@test.example']);
  expect(listed[0]).toMatchObject({ scope: 'all', reason: 'bounced', campaignId: sending.campaignId });
  expect(listed[0]?.detail).toContain('No such user');
  expect(await stage.db(sending).campaignReports.figures(sending.campaignId)).toMatchObject({ bounced: 2, failed: 2 });
  expect(await stage.invariant(sending)).toMatchObject({ sent: 18, failed: 2 });
});

test('a campaign with too many bounces halts, says its figures, and goes on when somebody has seen them', async () => {
  unknown(/^c\d*[05]@/);
  const sending = await stage.launch(700);
  stage.start();
  await until(async () => (await stage.campaign(sending))?.state === 'paused');
  const halted = await stage.campaign(sending);
  expect(halted?.failure).toMatchObject({ code: 'too_many_bounces' });
  const { tried, bounced, share } = (halted?.failure?.details ?? {}) as {
    tried: number;
    bounced: number;
    share: number;
  };
  expect(tried).toBeGreaterThanOrEqual(bounceHalt.minimum);
  expect(tried).toBeLessThan(700);
  expect(share).toBeCloseTo(bounced / tried);
  expect(share).toBeGreaterThan(0.1);
  await stage.command(sending, { type: 'resume' });
  await stage.ended(sending);
  expect(await stage.campaign(sending)).toMatchObject({ state: 'sent', failure: null, toleratedBounces: share });
  expect(await stage.invariant(sending)).toMatchObject({ sent: 560, failed: 140 });
});

test('a small sample and a small share halt nothing', async () => {
  unknown(/^c\d*[02468]@/);
  const few = await stage.launch(100);
  stage.start();
  await stage.ended(few);
  expect((await stage.campaign(few))?.state).toBe('sent');
  unknown(/^c\d*(?:25|50|75)@/);
  const many = await stage.launch(300);
  await stage.ended(many);
  expect((await stage.campaign(many))?.state).toBe('sent');
});
