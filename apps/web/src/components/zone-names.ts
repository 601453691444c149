/**
 * Every IANA zone that the browser knows, with UTC, which its list leaves out, and with the chosen one, which may be
 * another name of one of them (`Asia/Kolkata` where the browser says `Asia/Calcutta`).
 */
export function zoneNames(chosen?: string | null): string[] {
  const zones = Intl.supportedValuesOf('timeZone');
  const others = ['UTC', ...(chosen ? [chosen] : [])].filter((zone) => !zones.includes(zone));
  return [...new Set(others), ...zones];
}
