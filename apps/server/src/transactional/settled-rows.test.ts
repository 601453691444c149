import type { MessageDocument } from '@mini-crm/db';
import { defaultRetryPolicy, type Outcome } from '@mini-crm/domain';
import { expect, test } from 'vitest';
import type { PlannedMessage } from './message-plan.ts';
import { settledRows } from './settled-rows.ts';

const now = new Date('2026-11-23T09:00:00Z');

function settled(again: MessageDocument['again'], outcome: Outcome) {
  const message = { _id: 'msg_1', again, attempt: 1, address: 'ann@test.example', createdAt: now };
  const one = { message, name: 'Ann', plan: { type: 'send', message: { id: 'msg_1@test' } } } as unknown;
  return settledRows({
    ...{ planned: [one as PlannedMessage], outcomes: new Map([['msg_1@test', outcome]]), policy: defaultRetryPolicy },
    ...{ sender: { id: null, receiver: 'snd_1' }, waitMs: 0, ownMs: 0, now },
  });
}

const refused: Outcome = { type: 'failed', reason: 'refused', detail: '409 I have it' };

test('a refusal fails a message, but not one that the receiver may have taken before', () => {
  expect(settled(null, refused).rows).toMatchObject([{ state: 'failed', reason: 'refused' }]);
  expect(settled({ by: 'snd_1', tries: 1 }, refused).rows).toMatchObject([
    { state: 'unknown', reason: 'connection_lost', detail: '409 I have it' },
  ]);
});

test('a message of which nobody can say whether it was taken goes again to its receiver, five times, then it is unknown', () => {
  const unsure: Outcome = { type: 'repeat', fault: 'unreachable', detail: null };
  expect(settled(null, unsure).later).toMatchObject([{ again: { by: 'snd_1', tries: 1 } }]);
  expect(settled({ by: 'snd_1', tries: 4 }, unsure).later).toMatchObject([{ again: { by: 'snd_1', tries: 5 } }]);
  expect(settled({ by: 'snd_1', tries: 5 }, unsure).rows).toMatchObject([{ state: 'unknown' }]);
});
