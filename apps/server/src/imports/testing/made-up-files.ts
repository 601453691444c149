/** A small generator with a seed: the same files on every machine. Source: mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const names = ['Ada', 'Grace', 'Zoë', 'Linus', 'Marie', 'Nikola', 'Søren', 'Émile', 'Rosa', 'Ivan'];
const cities = ['Berlin', 'São Paulo', 'Kraków', 'Lyon', 'Austin', 'Osaka', 'Nairobi', 'Lima'];
const topics = ['sport', 'music', 'film', 'books', 'travel'];

/** A file of customers with ten attributes beside their fields, a line at a time. */
export function* customerLines(count: number): Generator<string> {
  const next = random(1);
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T;
  const day = () =>
    `${1960 + Math.floor(next() * 60)}-${two(1 + Math.floor(next() * 12))}-${two(1 + Math.floor(next() * 28))}`;
  yield 'customer_id,email,first_name,last_name,phone,city,country,birthday,vip,points,score,balance_spent,topics,last_seen,tier\n';
  for (let n = 1; n <= count; n++) {
    const id = String(n).padStart(8, '0');
    yield `${id},person${n}@example${n % 50}.com,${pick(names)},"${pick(names)}son, Jr",+4930${1_000_000 + n},${pick(cities)},${pick(['DE', 'BR', 'PL', 'FR', 'US'])},${day()},${next() < 0.2 ? 'yes' : 'no'},${Math.floor(next() * 5000)},${(next() * 100).toFixed(2)},${(next() * 900).toFixed(2)},${pick(topics)};${pick(topics)},${day()} ${two(Math.floor(next() * 24))}:15:00,${pick(['gold', 'silver', 'bronze'])}\n`;
  }
}

/** A file of orders of the first `people` customers, a line at a time. */
export function* orderLines(count: number, people: number): Generator<string> {
  const next = random(2);
  yield 'order_id,customer_id,ordered_on,amount,quantity,product,category\n';
  for (let n = 1; n <= count; n++) {
    const customer = String(1 + Math.floor(next() * people)).padStart(8, '0');
    const date = `20${20 + Math.floor(next() * 6)}-${two(1 + Math.floor(next() * 12))}-${two(1 + Math.floor(next() * 28))}`;
    yield `${n},${customer},${date},${(next() * 300).toFixed(2)},${1 + Math.floor(next() * 4)},Product ${Math.floor(next() * 400)},${Math.floor(next() * 12)}\n`;
  }
}

const two = (value: number) => String(value).padStart(2, '0');

/** The first few of a list. */
export function* take<T>(list: Iterable<T>, count: number): Generator<T> {
  let left = count;
  for (const item of list) {
    if (left-- <= 0) return;
    yield item;
  }
}

/** Lines as the pieces of an upload. */
export async function* chunks(lines: Iterable<string>): AsyncGenerator<Uint8Array> {
  let text = '';
  for (const line of lines) {
    text += line;
    if (text.length < 256 * 1024) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}
