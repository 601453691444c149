import type { Channel, ConsentFilter } from '@mini-crm/domain';
import type { Filter } from '../../components/filter-bar.tsx';
import { formatCivilDate } from '../../components/format-instant.ts';
import { channelNames } from './consent-badge.tsx';
import { DayRange } from './day-range.tsx';
import type { CustomerListSearch } from './list-search.ts';

const consentOptions: readonly { value: ConsentFilter; label: string }[] = [
  { value: 'granted', label: 'Granted' },
  { value: 'withdrawn', label: 'Withdrawn' },
  { value: 'unknown', label: 'Not asked' },
];

/** The filter chips of the list. */
export function customerFilters(
  search: CustomerListSearch,
  change: (part: CustomerListSearch) => void,
): readonly Filter[] {
  const consent = (channel: Channel): Filter => ({
    kind: 'choice',
    id: channel,
    label: `${channelNames[channel]} consent`,
    options: consentOptions,
    value: search[channel],
    onChange: (value) => change({ [channel]: value as ConsentFilter }),
    onClear: () => change({ [channel]: undefined }),
  });
  return [
    consent('email'),
    {
      kind: 'choice',
      id: 'orders',
      label: 'Orders',
      options: [
        { value: 'some', label: 'At least one' },
        { value: 'none', label: 'None yet' },
      ],
      value: search.orders,
      onChange: (value) => change({ orders: value as 'some' | 'none' }),
      onClear: () => change({ orders: undefined }),
    },
    {
      kind: 'custom',
      id: 'added',
      label: 'Added',
      summary: describeDays(search.from, search.to),
      content: <DayRange from={search.from} to={search.to} onChange={change} />,
      onClear: () => change({ from: undefined, to: undefined }),
    },
    consent('sms'),
  ];
}

/** A range of days in words; undefined where there is none. */
export function describeDays(from: string | undefined, to: string | undefined): string | undefined {
  if (from && to) {
    return from === to ? formatCivilDate(from) : `${formatCivilDate(from)} – ${formatCivilDate(to)}`;
  }
  if (from) return `since ${formatCivilDate(from)}`;
  if (to) return `until ${formatCivilDate(to)}`;
  return undefined;
}
