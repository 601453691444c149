import { z } from 'zod';
import { eventTypeSchema } from '../events/event.ts';
import { idSchema } from '../ids/id.ts';
import { currencySchema } from '../money/money.ts';
import { isStorableText } from '../text/plain-text.ts';
import { isTimeZone } from '../time/known-zone.ts';
import { windowSchema } from '../time/window.ts';
import { ruleLimits } from './rule-limits.ts';

const text = z.string().max(ruleLimits.characters).refine(isStorableText, { message: 'unstorable text' });
const number = z.number().refine((value) => Math.abs(value) < 1e15);
const money = z.strictObject({ amount: z.number().int().refine(Number.isSafeInteger), currency: currencySchema });
const amount = z.union([number, money]);
const values = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(ruleLimits.values);

/** How two numbers or two amounts of one currency compare; `between` includes both ends. */
const comparisons = [
  z.strictObject({ operator: z.literal(['eq', 'neq']), value: z.union([text, number, z.boolean(), money]) }),
  z.strictObject({ operator: z.literal(['lt', 'lte', 'gt', 'gte']), value: amount }),
  z.strictObject({ operator: z.literal('between'), from: amount, to: amount }),
  z.strictObject({ operator: z.literal(['in', 'notIn']), values: values(z.union([text, number])) }),
] as const;
const comparisonSchema = z.discriminatedUnion('operator', comparisons);
export type ComparisonTest = z.infer<typeof comparisonSchema>;

/** What a value is held against. Which operators fit which type of field is said in operators.ts. */
export const testSchema = z.discriminatedUnion('operator', [
  z.strictObject({ operator: z.literal(['isSet', 'isEmpty']) }),
  ...comparisons,
  z.strictObject({
    operator: z.literal(['contains', 'notContains', 'startsWith', 'endsWith']),
    value: text.min(1),
  }),
  z.strictObject({ operator: z.literal(['within', 'notWithin', 'anniversary']), window: windowSchema }),
  z.strictObject({
    operator: z.literal(['includesAny', 'includesAll', 'includesNone', 'lacksSome']),
    values: values(text),
  }),
  z.strictObject({
    operator: z.literal('size'),
    compare: z.enum(['eq', 'neq', 'lt', 'lte', 'gt', 'gte']),
    value: z.number().int().min(0).max(1000),
  }),
]);
export type Test = z.infer<typeof testSchema>;
export type Operator = Test['operator'];

/** `orMissing`: people without a value are in too. `caseSensitive`: texts compare as they are written. */
const leafOptions = { orMissing: z.boolean().optional(), caseSensitive: z.boolean().optional() };

export const attributeNodeSchema = z.strictObject({
  type: z.literal('attribute'),
  /** `email`, `createdAt` ... or `attributes.<slug>`. */
  field: z.string().max(100),
  test: testSchema,
  ...leafOptions,
});
export type AttributeNode = z.infer<typeof attributeNodeSchema>;

/** A condition on one event or one line of it. */
export type UnitFilter =
  | { readonly type: 'all' | 'any'; readonly children: readonly UnitFilter[] }
  | { readonly type: 'not'; readonly child: UnitFilter }
  | z.infer<typeof unitConditionSchema>;

const unitConditionSchema = z.strictObject({
  type: z.literal('field'),
  /** `total`, `line.category`, `properties.<name>` ... */
  field: z.string().max(100),
  test: testSchema,
  ...leafOptions,
});

export const unitFilterSchema: z.ZodType<UnitFilter> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal(['all', 'any']), children: z.array(unitFilterSchema).min(1) }),
    z.strictObject({ type: z.literal('not'), child: unitFilterSchema }),
    unitConditionSchema,
  ]),
);

/** What is made of the units found. Amounts of money are taken in the currency that the test names; others are left out. */
export const measureSchema = z.discriminatedUnion('aggregate', [
  z.strictObject({ aggregate: z.literal('count') }),
  z.strictObject({
    aggregate: z.literal(['sum', 'avg', 'min', 'max', 'distinct', 'first', 'last']),
    field: z.string().max(100),
  }),
]);
export type Measure = z.infer<typeof measureSchema>;

const eventTypes = z.array(eventTypeSchema).min(1).max(50);

export const behaviourNodeSchema = z.strictObject({
  type: z.literal('behaviour'),
  eventTypes,
  unit: z.enum(['event', 'line']),
  where: unitFilterSchema.optional(),
  window: windowSchema,
  measure: measureSchema,
  test: testSchema,
  ...leafOptions,
});
export type BehaviourNode = z.infer<typeof behaviourNodeSchema>;

/** A length of time by the clock, not the calendar: a day is 24 hours, a week 168. */
export const durationSchema = z.strictObject({
  amount: z.number().int().min(1).max(100_000),
  unit: z.enum(['minutes', 'hours', 'days', 'weeks']),
});
export type Duration = z.infer<typeof durationSchema>;

/** Steps of one sequence. */
export const mostSteps = 10;

/** One step of a sequence: an event of these types that fulfils the filter. */
const stepSchema = z.strictObject({
  eventTypes,
  where: unitFilterSchema.optional(),
  /** Less than so long after the step before (or the first step); the first step has none. */
  within: durationSchema.extend({ from: z.enum(['previous', 'first']) }).optional(),
});
export type SequenceStep = z.infer<typeof stepSchema>;

/**
 * Events one after the other, each strictly later than the one before. The window is that of the first step. `notFollowedBy`:
 * no such event strictly after the last step and less than `within` later (holds only once that time has passed), or until now.
 */
export const sequenceNodeSchema = z.strictObject({
  type: z.literal('sequence'),
  steps: z.array(stepSchema).min(1).max(mostSteps),
  notFollowedBy: z
    .strictObject({ eventTypes, where: unitFilterSchema.optional(), within: durationSchema.optional() })
    .optional(),
  window: windowSchema,
});
export type SequenceNode = z.infer<typeof sequenceNodeSchema>;

/** What can have become of a message to somebody. The last two: sent in the window, and not opened (clicked) until now. */
export const engagementKinds = [
  'sent',
  'delivered',
  'opened',
  'clicked',
  'bounced',
  'unsubscribed',
  'sentNotOpened',
  'sentNotClicked',
] as const;
export type EngagementKind = (typeof engagementKinds)[number];

/** How many messages of campaigns somebody got, opened, clicked ...; at least one unless a test says otherwise. */
export const engagementNodeSchema = z.strictObject({
  type: z.literal('engagement'),
  kind: z.enum(engagementKinds),
  /** One campaign; any where absent. */
  campaignId: idSchema('campaign').optional(),
  /** Of the thing itself (when it was opened), for the last two kinds of the sending. */
  window: windowSchema,
  test: testSchema.optional(),
  /** Also opens by prefetchers and clicks by scanners. */
  includeMachine: z.boolean().optional(),
});
export type EngagementNode = z.infer<typeof engagementNodeSchema>;

/** Who is in another segment at the same instant. */
export const inSegmentNodeSchema = z.strictObject({ type: z.literal('inSegment'), segmentId: idSchema('segment') });
export type InSegmentNode = z.infer<typeof inSegmentNodeSchema>;

/** The best or the last n people (or n % of them, rounded up) by an aggregate, among those with at least one unit that counts. */
export const rankNodeSchema = z.strictObject({
  type: z.literal('rank'),
  direction: z.enum(['top', 'bottom']),
  amount: z.number().positive().max(10_000_000),
  /** `percent`: at most 100, with at most two decimals; `people`: a whole number. */
  of: z.enum(['people', 'percent']),
  eventTypes,
  unit: z.enum(['event', 'line']),
  where: unitFilterSchema.optional(),
  window: windowSchema,
  measure: z.discriminatedUnion('aggregate', [
    z.strictObject({ aggregate: z.literal('count') }),
    z.strictObject({
      aggregate: z.literal(['sum', 'avg', 'min', 'max', 'distinct']),
      field: z.string().max(100),
      /** For money, and only for it: amounts in other currencies are left out. */
      currency: currencySchema.optional(),
    }),
  ]),
});
export type RankNode = z.infer<typeof rankNodeSchema>;

/** One node of the tree that says who is in a segment. */
export type RuleNode =
  | { readonly type: 'everyone' }
  | { readonly type: 'all' | 'any'; readonly children: readonly RuleNode[] }
  | { readonly type: 'not'; readonly child: RuleNode }
  | AttributeNode
  | BehaviourNode
  | SequenceNode
  | EngagementNode
  | InSegmentNode
  | RankNode;

export const ruleNodeSchema: z.ZodType<RuleNode> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('everyone') }),
    z.strictObject({ type: z.literal(['all', 'any']), children: z.array(ruleNodeSchema).min(1) }),
    z.strictObject({ type: z.literal('not'), child: ruleNodeSchema }),
    attributeNodeSchema,
    behaviourNodeSchema,
    sequenceNodeSchema,
    engagementNodeSchema,
    inSegmentNodeSchema,
    rankNodeSchema,
  ]),
);

/**
 * A rule as it is stored and travels. The version says which language it is written in; a reader refuses one that it does not know.
 * Read unknown input with parseRule, which also holds the limits: this schema alone recurses as deep as its input does.
 */
export const ruleSchema = z.strictObject({
  version: z.literal(1),
  /** The zone whose calendar the windows follow; the organization's unless named. */
  zone: z
    .string()
    .refine((zone) => zone.length <= 64 && isTimeZone(zone))
    .optional(),
  root: ruleNodeSchema,
});
export type Rule = z.infer<typeof ruleSchema>;

/** The rule that everybody fulfils. */
export const everyone: Rule = { version: 1, root: { type: 'everyone' } };
