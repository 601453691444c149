import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import { formatCount } from '../../components/format-number.ts';
import { useOrganization } from '../../organization.tsx';
import type { Report } from './report-types.ts';

/** Two lines over the buckets of a report. */
export function ResponsesChart({ overTime }: { readonly overTime: Report['overTime'] }) {
  const { zone } = useOrganization();
  const data = overTime.buckets.map(({ from, opened, clicked }) => ({
    at: bucketWords(from, overTime.unit, zone),
    opened,
    clicked,
  }));
  const total = (field: 'opened' | 'clicked') => formatCount(data.reduce((sum, bucket) => sum + bucket[field], 0));
  return (
    <div role="img" aria-label={`${total('opened')} people opened and ${total('clicked')} clicked in this time`}>
      <AreaChart
        h={260}
        data={data}
        dataKey="at"
        series={[
          { name: 'opened', label: 'Opened', color: 'var(--crm-accent)' },
          { name: 'clicked', label: 'Clicked', color: 'var(--crm-warning)' },
        ]}
        type="default"
        curveType="monotone"
        withDots={data.length < 3}
        withLegend
        legendProps={{ verticalAlign: 'top', align: 'left', height: 32, itemSorter: null }}
        strokeWidth={1.75}
        fillOpacity={0.12}
        gridColor="var(--crm-line)"
        textColor="var(--mantine-color-dimmed)"
        tickLine="none"
        valueFormatter={(value) => formatCount(value)}
        yAxisProps={{ width: 44, allowDecimals: false, tickCount: 4 }}
        xAxisProps={{ minTickGap: 48 }}
      />
    </div>
  );
}

/** `25 Sep, 10:00` for an hour, `25 Sep` for a day or week, `Sep 2026` for a month. */
export function bucketWords(from: number, unit: Report['overTime']['unit'], zone: string, locale?: string): string {
  const options: Intl.DateTimeFormatOptions =
    unit === 'hour'
      ? { weekday: 'short', hour: '2-digit', minute: '2-digit' }
      : unit === 'month'
        ? { month: 'short', year: 'numeric' }
        : { day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(from);
}
