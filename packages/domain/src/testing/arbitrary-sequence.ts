import fc from 'fast-check';
import type { FieldCatalogue } from '../segments/fields.ts';
import type { Duration, SequenceNode, SequenceStep } from '../segments/rule.ts';
import { eventTypes, unitFilter } from './arbitrary-behaviour.ts';
import { arbitraryWindow } from './arbitrary-window.ts';

const duration: fc.Arbitrary<Duration> = fc.oneof(
  fc.record({ amount: fc.constantFrom(1, 2, 3, 7, 30), unit: fc.constantFrom('days' as const, 'weeks' as const) }),
  fc.record({ amount: fc.constantFrom(1, 15, 24, 48), unit: fc.constant('hours' as const) }),
);

/** One to three steps, often near each other, often with something that must not follow. */
export function arbitrarySequence(fields: FieldCatalogue): fc.Arbitrary<SequenceNode> {
  const where = fc.option(unitFilter(fields.event, 1), { nil: undefined, freq: 1 });
  const matching = fc.record({ eventTypes, where: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, where) });
  const within = fc.option(
    fc
      .tuple(duration, fc.constantFrom('previous' as const, 'first' as const))
      .map(([time, from]) => ({ ...time, from })),
    { nil: undefined, freq: 2 },
  );
  const quiet = fc.option(duration, { nil: undefined, freq: 2 });
  return fc
    .record({
      steps: fc.array(fc.tuple(matching, within), { minLength: 1, maxLength: 3 }),
      end: fc.option(fc.tuple(matching, quiet), { nil: undefined, freq: 1 }),
      window: fc.oneof(fc.constant({ type: 'ever' as const }), arbitraryWindow()),
    })
    .map(
      ({ steps, end, window }): SequenceNode => ({
        type: 'sequence',
        steps: steps.map(([step, limit], i) => defined<SequenceStep>({ ...step, within: i === 0 ? undefined : limit })),
        ...(end === undefined
          ? {}
          : { notFollowedBy: defined<NonNullable<SequenceNode['notFollowedBy']>>({ ...end[0], within: end[1] }) }),
        window,
      }),
    );
}

/** Without what is undefined, as JSON has it. */
const defined = <T extends object>(record: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
