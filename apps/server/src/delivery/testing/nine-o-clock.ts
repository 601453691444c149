// Where the clocks change: in the United States, in Europe, on Lord Howe Island by half an hour; in spring and in autumn.
export const changeDays = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'] as const;
export type ChangeDay = (typeof changeDays)[number];

/**
 * How far the clocks of thirty zones are ahead of UTC at nine in the morning of each of these days, in minutes: said by
 * Python's zoneinfo over IANA 2025b, which shares no code with what is tested.
 */
export const offsetsAtNine: Readonly<Record<string, readonly number[]>> = {
  'Pacific/Kiritimati': [840, 840, 840, 840, 840, 840],
  'Pacific/Chatham': [825, 825, 765, 825, 825, 825],
  'Pacific/Auckland': [780, 780, 720, 780, 780, 780],
  'Australia/Lord_Howe': [660, 660, 630, 660, 660, 660],
  'Australia/Sydney': [660, 660, 600, 660, 660, 660],
  'Australia/Adelaide': [630, 630, 570, 630, 630, 630],
  'Australia/Darwin': [570, 570, 570, 570, 570, 570],
  'Asia/Tokyo': [540, 540, 540, 540, 540, 540],
  'Asia/Shanghai': [480, 480, 480, 480, 480, 480],
  'Asia/Kathmandu': [345, 345, 345, 345, 345, 345],
  'Asia/Kolkata': [330, 330, 330, 330, 330, 330],
  'Asia/Karachi': [300, 300, 300, 300, 300, 300],
  'Asia/Tehran': [210, 210, 210, 210, 210, 210],
  'Asia/Dubai': [240, 240, 240, 240, 240, 240],
  'Asia/Jerusalem': [120, 180, 180, 180, 120, 120],
  'Africa/Cairo': [120, 120, 120, 180, 180, 120],
  'Europe/Helsinki': [120, 180, 180, 180, 120, 120],
  'Europe/Berlin': [60, 120, 120, 120, 60, 60],
  'Europe/London': [0, 60, 60, 60, 0, 0],
  'Europe/Lisbon': [0, 60, 60, 60, 0, 0],
  'Africa/Lagos': [60, 60, 60, 60, 60, 60],
  'Atlantic/Azores': [-60, 0, 0, 0, -60, -60],
  'America/Nuuk': [-120, -60, -60, -60, -120, -120],
  'America/Sao_Paulo': [-180, -180, -180, -180, -180, -180],
  'America/St_Johns': [-150, -150, -150, -150, -150, -210],
  'America/Santiago': [-180, -180, -240, -180, -180, -180],
  'America/New_York': [-240, -240, -240, -240, -240, -300],
  'America/Chicago': [-300, -300, -300, -300, -300, -360],
  'America/Los_Angeles': [-420, -420, -420, -420, -420, -480],
  'Pacific/Pago_Pago': [-660, -660, -660, -660, -660, -660],
};

/** The instant at which the clocks of a zone show nine on one of these days. */
export function nineIn(zone: string, day: ChangeDay): Date {
  const offset = offsetsAtNine[zone]?.[changeDays.indexOf(day)];
  if (offset === undefined) throw new Error(`no offset of ${zone}`);
  return new Date(Date.parse(`${day}T09:00:00Z`) - offset * 60_000);
}
