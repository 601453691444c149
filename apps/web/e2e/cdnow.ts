import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const whole = fileURLToPath(new URL('../../../../shared/data/cdnow/', import.meta.url));
const part = fileURLToPath(new URL('./fixtures/cdnow/', import.meta.url));

/** Whether the whole data set lies beside the repository; else the committed part of it is used. */
export const isWhole = existsSync(`${whole}orders.csv`);

const folder = isWhole ? whole : part;
export const customersFile = `${folder}customers.csv`;
export const ordersFile = `${folder}orders.csv`;

export interface CdnowOrder {
  readonly id: string;
  readonly customer: string;
  /** A civil date, `1997-01-01`. */
  readonly on: string;
  readonly cents: number;
}

const rowsOf = (file: string): string[][] =>
  readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

export const people = rowsOf(customersFile).map(([id = '', email = '']) => ({ id, email }));
export const customerIds: readonly string[] = people.map(({ id }) => id);

export const orders: readonly CdnowOrder[] = rowsOf(ordersFile).map(
  ([id = '', customer = '', on = '', , amount = '']) => ({
    id,
    customer,
    on,
    cents: Number(amount.replace('.', '')),
  }),
);

const byCustomer = new Map<string, CdnowOrder[]>(customerIds.map((id) => [id, []]));
for (const order of orders) byCustomer.get(order.customer)?.push(order);

/** How many people fulfil a condition on their orders, counted by hand from the file. */
export const countPeople = (holds: (own: readonly CdnowOrder[]) => boolean): number =>
  customerIds.filter((id) => holds(byCustomer.get(id) ?? [])).length;

export const totalCents = (of: readonly CdnowOrder[]): number => of.reduce((sum, { cents }) => sum + cents, 0);
