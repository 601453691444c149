import { benchNow } from './made-up-customers.ts';

type Query = Readonly<Record<string, unknown>>;

// The rules of the benchmark in MongoDB's language, for libraries that run it in memory. It compares texts as they are written,
// so rules without case are regular expressions; sums and orders of events need expressions, which sift does not have.

const daysAgo = (days: number) => new Date(Date.UTC(2026, 5, 17) - days * 86_400_000);
const now = new Date(benchNow);

const eventsOf = (type: string) => ({
  $filter: { input: '$events', as: 'event', cond: { $eq: ['$$event.type', type] } },
});
const each = (input: string, of: unknown) => ({ $map: { input, as: 'one', in: of } });
const inDollars = (amount: unknown) => ({ $cond: [{ $eq: ['$$one.currency', 'USD'] }, amount, 0] });
const during = (value: unknown, days: number) => [{ $gte: [value, daysAgo(days)] }, { $lt: [value, now] }];

const r1: Query = {
  'attributes.city': { $in: [/^city 3$/i, /^city 77$/i, /^city 140$/i] },
  $expr: {
    $let: {
      vars: { orders: eventsOf('order') },
      in: {
        $let: {
          vars: { last: { $max: each('$$orders', '$$one.at') } },
          in: {
            $and: [
              { $gt: [{ $sum: each('$$orders', inDollars('$$one.total')) }, 20_000] },
              { $gte: [{ $size: '$$orders' }, 3] },
              ...during('$$last', 30),
            ],
          },
        },
      },
    },
  },
};

/** R2, which sift can say too. */
export const r2: Query = {
  $or: [{ 'attributes.plan': /^pro$/i }, { 'attributes.tags': /^vip$/i }],
  $nor: [{ 'attributes.country': /^us$/i }],
  'attributes.age': { $gte: 25, $lte: 40 },
};

const boughtLine = {
  $or: [{ $eq: [{ $toLower: '$$line.productId' }, 'p7'] }, { $eq: [{ $toLower: '$$line.category' }, 'category 3'] }],
};
const boughtLines = {
  $reduce: {
    input: {
      $filter: {
        input: '$events',
        as: 'event',
        cond: { $and: [{ $eq: ['$$event.type', 'order'] }, ...during('$$event.at', 90)] },
      },
    },
    initialValue: [],
    in: {
      $concatArrays: [
        '$$value',
        {
          $map: {
            input: { $filter: { input: '$$this.lines', as: 'line', cond: boughtLine } },
            as: 'line',
            in: { currency: '$$this.currency', amount: { $multiply: ['$$line.price', '$$line.quantity'] } },
          },
        },
      ],
    },
  },
};
const r3: Query = {
  $expr: {
    $let: {
      vars: { lines: boughtLines },
      in: {
        $and: [
          { $gte: [{ $size: '$$lines' }, 3] },
          { $gt: [{ $sum: each('$$lines', inDollars('$$one.amount')) }, 10_000] },
        ],
      },
    },
  },
};

const lastOf = (type: string, days: number) => ({
  $max: {
    $map: {
      input: {
        $filter: {
          input: '$events',
          as: 'event',
          cond: { $and: [{ $eq: ['$$event.type', type] }, ...during('$$event.at', days)] },
        },
      },
      as: 'one',
      in: '$$one.at',
    },
  },
});
// Of all that were put in the cart the last one decides; an order before the window is no matter.
const r4: Query = {
  $expr: {
    $let: {
      vars: { cart: lastOf('cart_added', 7), order: lastOf('order', 7) },
      in: { $and: [{ $ne: ['$$cart', null] }, { $or: [{ $eq: ['$$order', null] }, { $lte: ['$$order', '$$cart'] }] }] },
    },
  },
};

/** R1 to R5, by their names. */
export const mingoQueries: Readonly<Record<string, Query>> = {
  R1: r1,
  R2: r2,
  R3: r3,
  R4: r4,
  R5: { $and: [{ $or: [r1, r3] }, { $nor: [r4] }] },
};
