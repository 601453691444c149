import type { InstantRange, NumberTest, ResolvedTest } from '@mini-crm/domain';
import { fold } from '@mini-crm/domain';
import { BSONRegExp, type Document } from 'mongodb';
import { approximate, type Exactness, type Query, type Side } from './mongo-query.ts';

/** Where a value stands, and where its folded form does; null where no folded form is stored. */
export interface MongoField {
  readonly path: string;
  readonly folded: string | null;
}

/** A comparison as the operand of one path: `{ path: compare(...) }`. Only numbers fulfil it. */
export function compareNumber({ operator, values }: NumberTest): Document {
  const [a, b] = values;
  switch (operator) {
    case 'eq':
      return { $eq: a };
    case 'neq':
      return { $type: 'number', $ne: a };
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return { [`$${operator}`]: a };
    case 'between':
      return { $gte: a, $lte: b };
    case 'in':
      return { $in: values };
    case 'notIn':
      return { $type: 'number', $nin: values };
    default:
      return operator satisfies never;
  }
}

/** A half-open range as an operand; null where it has no end at all. */
function rangeOperand<T, S>({ from, to }: { from: T | null; to: T | null }, stored: (end: T) => S): Document | null {
  if (from === null && to === null) return null;
  return { ...(from === null ? {} : { $gte: stored(from) }), ...(to === null ? {} : { $lt: stored(to) }) };
}

/** A range of instants as an operand on a Date. */
export const instantOperand = (range: InstantRange): Document | null => rangeOperand(range, (end) => new Date(end));

function within(path: string, operand: Document | null, type: 'string' | 'date', isWithin: boolean): Query {
  if (operand === null) return isWithin ? { [path]: { $type: type } } : false;
  return { [path]: isWithin ? operand : { $type: type, $not: operand } };
}

/** A text as a pattern that finds it literally: whatever is no letter or digit is escaped. */
const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/#\s-]/g, '\\$&');

function textQuery(path: string, { operator, values }: Extract<ResolvedTest, { kind: 'text' }>): Query {
  const [value = ''] = values;
  switch (operator) {
    case 'eq':
      return { [path]: { $eq: value } };
    case 'neq':
      return { [path]: { $type: 'string', $ne: value } };
    case 'in':
      return { [path]: { $in: values } };
    case 'notIn':
      return { [path]: { $type: 'string', $nin: values } };
    case 'contains':
      return { [path]: { $regex: literal(value) } };
    case 'notContains':
      return { [path]: { $type: 'string', $not: { $regex: literal(value) } } };
    case 'startsWith':
      return { [path]: { $regex: `^${literal(value)}` } };
    case 'endsWith':
      return { [path]: { $regex: `${literal(value)}\\z` } };
    default:
      return operator satisfies never;
  }
}

function listQuery(path: string, { operator, values }: Extract<ResolvedTest, { kind: 'list' }>): Query {
  switch (operator) {
    case 'includesAny':
      return { [path]: { $type: 'array', $in: values } };
    case 'includesAll':
      return { [path]: { $type: 'array', $all: values } };
    case 'includesNone':
      return { [path]: { $type: 'array', $nin: values } };
    case 'lacksSome':
      return { [path]: { $type: 'array', $not: { $all: values } } };
    default:
      return operator satisfies never;
  }
}

/** Lists have no order of sizes in the query language: n entries or more is an entry at place n - 1. */
function sizeQuery(path: string, { operator, values: [a = 0, b = 0] }: NumberTest): Query {
  const atLeast = (n: number): Query => ({
    [path]: { $type: 'array' },
    ...(n > 0 ? { [`${path}.${n - 1}`]: { $exists: true } } : {}),
  });
  const fewerThan = (n: number): Query =>
    n > 0 ? { [path]: { $type: 'array' }, [`${path}.${n - 1}`]: { $exists: false } } : false;
  switch (operator) {
    case 'eq':
      return { [path]: { $size: a } };
    case 'neq':
      return { [path]: { $type: 'array', $not: { $size: a } } };
    case 'lt':
      return fewerThan(a);
    case 'lte':
      return fewerThan(a + 1);
    case 'gt':
      return atLeast(a + 1);
    case 'gte':
      return atLeast(a);
    case 'between':
      return { $and: [atLeast(a), fewerThan(b + 1)] };
    case 'in':
    case 'notIn':
      throw new Error(`A size can't be compared by ${operator}`);
    default:
      return operator satisfies never;
  }
}

/** What MongoDB can say of a text whose case counts: the folded comparison is wider. */
function roughText(path: string, folded: string, test: Extract<ResolvedTest, { kind: 'text' }>): Query {
  const foldable = test.operator === 'eq' || test.operator === 'in';
  return foldable ? { [folded]: { $in: test.values.map(fold) } } : { [path]: { $type: 'string' } };
}

const plainText = '^[\\x00-\\x7f]*\\z';
const notPlainText = '[^\\x00-\\x7f]';

/**
 * What MongoDB can say of a text that has no folded form beside it: of one in ASCII all, as its folded form is what a comparison without
 * case makes of it; of another one nothing. What it is held against is folded or, where case counts, composed: ASCII is both already.
 */
function unfoldedText(
  path: string,
  test: Extract<ResolvedTest, { kind: 'text' }>,
  side: Side,
  exactness: Exactness,
): Query {
  const ofPlain = { $and: [{ [path]: { $regex: plainText } }, plainTextQuery(path, test)] };
  return approximate(side, exactness, { $or: [{ [path]: { $regex: notPlainText } }, ofPlain] }, ofPlain);
}

/** A test of a text that is known to be in ASCII. A pattern a value, as one pattern can't be longer than 32 KB. */
function plainTextQuery(
  path: string,
  { operator, values, caseSensitive }: Extract<ResolvedTest, { kind: 'text' }>,
): Document {
  const positive = positiveOf(operator);
  const start = positive === 'eq' || positive === 'in' || positive === 'startsWith' ? '^' : '';
  const end = positive === 'eq' || positive === 'in' || positive === 'endsWith' ? '\\z' : '';
  const patterns = values.map((value) => new BSONRegExp(start + literal(value) + end, caseSensitive ? '' : 'i'));
  return { [path]: { [positive === operator ? '$in' : '$nin']: patterns } };
}

function positiveOf(operator: Extract<ResolvedTest, { kind: 'text' }>['operator']) {
  switch (operator) {
    case 'neq':
      return 'eq';
    case 'notIn':
      return 'in';
    case 'notContains':
      return 'contains';
    case 'eq':
    case 'in':
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return operator;
    default:
      return operator satisfies never;
  }
}

function roughList(field: MongoField, { operator, values }: Extract<ResolvedTest, { kind: 'list' }>): Query {
  const foldable = operator === 'includesAny' || operator === 'includesAll';
  if (field.folded === null || !foldable) return { [field.path]: { $type: 'array' } };
  return { [field.folded]: { $type: 'array', [operator === 'includesAny' ? '$in' : '$all']: values.map(fold) } };
}

/** A test of a value that is there. */
function testQuery(field: MongoField, test: ResolvedTest, side: Side, exactness: Exactness): Query {
  const { path, folded } = field;
  switch (test.kind) {
    case 'isSet':
      return { [path]: { $ne: null } };
    case 'isEmpty':
      // A list with an empty text in it is not empty: equality alone would look inside.
      return { $or: [{ [path]: null }, { [path]: { $eq: '', $not: { $type: 'array' } } }, { [path]: { $size: 0 } }] };
    case 'text':
      if (folded !== null && !test.caseSensitive) return textQuery(folded, test);
      if (folded === null) return unfoldedText(path, test, side, exactness);
      return approximate(side, exactness, roughText(path, folded, test));
    case 'number':
      return { [path]: compareNumber(test) };
    case 'money':
      return { [`${path}.currency`]: test.currency, [`${path}.amount`]: compareNumber(test) };
    case 'boolean':
      return { [path]: { $eq: test.operator === 'eq' ? test.value : !test.value } };
    case 'dates':
      return within(
        path,
        rangeOperand(test.range, (end) => end),
        'string',
        test.operator === 'within',
      );
    case 'instants':
      return within(path, instantOperand(test.range), 'date', test.operator === 'within');
    case 'anniversary':
      // A zone's calendar is the domain's to read; the text of a date is the same everywhere.
      return approximate(side, exactness, { [path]: { $type: ['date', 'string'] } });
    case 'list':
      if (folded !== null && !test.caseSensitive) return listQuery(folded, test);
      return approximate(side, exactness, roughList(field, test));
    case 'size':
      return sizeQuery(path, test);
    default:
      return test satisfies never;
  }
}

/** A leaf on one field, with the first rule of the language: with no value only `isEmpty` holds, or `orMissing`. */
export function conditionQuery(
  field: MongoField,
  condition: { readonly test: ResolvedTest; readonly orMissing: boolean },
  side: Side,
  exactness: Exactness,
): Query {
  const query = testQuery(field, condition.test, side, exactness);
  if (!condition.orMissing || query === true) return query;
  const missing = { [field.path]: null };
  return query === false ? missing : { $or: [missing, query] };
}
