const known = new Map<string, boolean>();
// Zones come from customers' own data: what has been looked up is forgotten before it can grow without an end.
const most = 1_000;

/** Whether the runtime knows an IANA zone of this name. */
export function isTimeZone(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  if (known.size >= most) known.clear();
  const is = isIana(name);
  known.set(name, is);
  return is;
}

function isIana(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name !== '' && !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/** The zone in which somebody lives; where that is not known, the `fallback`, which is their organization's. */
export const zoneOf = (own: string | null | undefined, fallback: string): string =>
  own && isTimeZone(own) ? own : fallback;
