import { expect, test } from 'vitest';
import type { CustomerId, RunId } from '../ids/id.ts';
import { deliveryId } from './delivery.ts';
import { messageId } from './message-id.ts';
import { rowOfMessageId } from './read-message-id.ts';

const tail = '01ARZ3NDEKTSV4RRFFQ69G5FAV'.toLowerCase().slice(0, 26);
const runId = `run_${tail}` as RunId;
const customerId = `cus_${tail}` as CustomerId;

test('reads the row of a message from its id, in brackets or not', () => {
  const id = messageId(runId, customerId, 'news@shop.example');
  expect(rowOfMessageId(id)).toBe(deliveryId(runId, customerId));
  expect(rowOfMessageId(` <${id}> `)).toBe(deliveryId(runId, customerId));
});

test('an id that is none of ours is none', () => {
  for (const text of [
    '',
    'x',
    '<x@y>',
    `${runId}@shop.example`,
    `${runId}.${customerId}`,
    `${runId}.${customerId}.x@y`,
  ]) {
    expect(rowOfMessageId(text)).toBeNull();
  }
});
