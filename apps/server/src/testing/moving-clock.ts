import { readFileSync } from 'node:fs';

/**
 * Preloaded (`--import`) into a process whose wall clock a test moves: CLOCK_FILE holds by how many ms it is wrong, and is looked
 * at again and again. Only `Date` is wrong then, as when somebody sets a machine's clock; the monotonic clock goes on.
 */
const file = process.env.CLOCK_FILE;
if (!file) throw new Error('CLOCK_FILE is missing');
// Empty for the moment in which it is written.
const read = () => Number(readFileSync(file, 'utf8') || wrongBy);
let wrongBy = 0;
wrongBy = read();
setInterval(() => {
  wrongBy = read();
}, 50).unref();

const real = Date;
const now = () => real.now() + wrongBy;
globalThis.Date = new Proxy(real, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new real(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
