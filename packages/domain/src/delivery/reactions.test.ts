import { expect, test } from 'vitest';
import { machineSigns, type Reaction, type ReactionState, withReactions } from './reactions.ts';

const sentAt = new Date('2026-11-20T09:00:00Z');
const after = (ms: number) => new Date(sentAt.getTime() + ms);
const fresh: ReactionState = { opens: 0, clicks: [] };
const open = (ms: number, client = 'ann', machine = false): Reaction => ({
  kind: 'open',
  link: null,
  at: after(ms),
  client,
  machine,
});
const click = (link: number, ms: number, client = 'ann', machine = false): Reaction => ({
  kind: 'click',
  link,
  at: after(ms),
  client,
  machine,
});
const trap = (ms: number, client = 'scanner'): Reaction => ({
  kind: 'trap',
  link: null,
  at: after(ms),
  client,
  machine: false,
});
/** One after the other, as flushes bring them. */
const react = (...reactions: Reaction[]) =>
  reactions.reduce((state, reaction) => withReactions(state, sentAt, [reaction]), fresh);

test('counts openings and clicks of people; whoever clicks has opened', () => {
  expect(react(open(1_000), open(500_000))).toMatchObject({ opens: 2, openedAt: after(1_000) });
  const clicked = react(click(3, 90_000), click(3, 95_000), click(1, 99_000));
  expect(clicked).toMatchObject({ opens: 1, openedAt: after(90_000), clickedAt: after(90_000) });
  expect(clicked.clicks).toEqual([
    { link: 3, at: after(90_000), count: 2 },
    { link: 1, at: after(99_000), count: 1 },
  ]);
  expect(clicked).not.toHaveProperty('machineClickedAt');
});

test('a batch says the same as its reactions one by one, in whatever order they come', () => {
  const all = [open(9_000), click(0, 70_000), open(80_000, 'bob'), click(2, 200_000, 'bob')];
  const { visits: _v, ...one } = react(...all);
  const { visits: _w, ...batch } = withReactions(fresh, sentAt, [...all].reverse());
  expect(batch).toEqual(one);
});

test('programs that say so are machines from the first moment', () => {
  const seen = react(open(100, 'apple', true), click(0, 200, 'gateway', true), click(1, 300, 'gateway', true));
  expect(seen).toEqual({
    opens: 0,
    clicks: [],
    machineOpenedAt: after(100),
    machineOpens: 1,
    machineClickedAt: after(200),
    machineClicks: 2,
  });
});

test('several links at once right after the sending were followed by a machine, also what it did before', () => {
  const seen = react(open(4_000, 's'), click(0, 5_000, 's'), click(1, 5_400, 's'), click(2, 5_900, 's'));
  expect(seen).toMatchObject({
    opens: 0,
    clicks: [],
    machineOpens: 1,
    machineClicks: 3,
    machineClickedAt: after(5_000),
  });
  expect(seen.openedAt).toBeUndefined();
  expect(seen.clickedAt).toBeUndefined();
});

test('one link at once, two links slowly, or two links later are people', () => {
  for (const clicks of [
    [click(0, 1_000), click(0, 1_200)],
    [click(0, 1_000), click(1, 1_000 + machineSigns.togetherMs + 1)],
    [click(0, machineSigns.soonMs + 1_000), click(1, machineSigns.soonMs + 1_500)],
    [click(0, 1_000, 'ann'), click(1, 1_100, 'bob')],
  ]) {
    const seen = react(...clicks);
    expect(seen.clicks.length).toBeGreaterThan(0);
    expect(seen).not.toHaveProperty('machineClicks');
  }
});

test('who follows the invisible link was a machine in all it did, before and after, however long after the sending', () => {
  const late = 3_600_000;
  const before = react(click(0, late, 'scanner'), click(1, late + 9_000, 'scanner'), trap(late + 20_000));
  expect(before).toMatchObject({ opens: 0, clicks: [], machineClicks: 3, machineClickedAt: after(late) });
  expect(before.openedAt).toBeUndefined();
  const behind = react(trap(late), click(0, late + 30_000, 'scanner'), open(late + 40_000, 'scanner'));
  expect(behind).toMatchObject({ opens: 0, clicks: [], machineClicks: 2, machineOpens: 1 });
});

test('who came together with it was one too; a person before and after stays a person', () => {
  const late = 3_600_000;
  const seen = react(
    click(0, late, 'ann'),
    click(1, late + 30_000, 'another address'),
    trap(late + 31_000),
    click(2, late + 32_000, 'a third'),
    click(2, late + 200_000, 'ann'),
  );
  expect(seen.clicks).toEqual([
    { link: 0, at: after(late), count: 1 },
    { link: 2, at: after(late + 200_000), count: 1 },
  ]);
  expect(seen).toMatchObject({ openedAt: after(late), clickedAt: after(late), opens: 1, machineClicks: 3 });
});

test('what a person did on the same link stays when the machine’s part is taken away', () => {
  const late = 3_600_000;
  const seen = react(open(10_000, 'ann'), click(0, late, 's'), click(0, late + 5_000, 'ann'), trap(late + 9_000, 's'));
  expect(seen.clicks).toMatchObject([{ link: 0, count: 1 }]);
  expect(seen).toMatchObject({ opens: 1, openedAt: after(10_000), machineClicks: 2 });
});

test('rows that are older than the counts keep what they know', () => {
  const old: ReactionState = { opens: 0, clicks: [], machineOpenedAt: after(5) };
  expect(withReactions(old, sentAt, [open(900, 'apple', true)])).toMatchObject({
    machineOpens: 2,
    machineOpenedAt: after(5),
  });
});

test('keeps few visits, and none for long', () => {
  const many = react(...Array.from({ length: 50 }, (_, i) => open(100 * i, `client ${i}`)));
  expect(many.visits?.length).toBeLessThan(12);
  expect(react(open(0, 'ann'), open(machineSigns.visitMs + 1, 'bob')).visits).toHaveLength(1);
  expect(many.opens).toBe(50);
});
