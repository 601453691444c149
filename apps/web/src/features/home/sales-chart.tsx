import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import { formatMoney, formatMoneyCompact } from '../../components/format-number.ts';
import { useOrganization } from '../../organization.tsx';
import type { Overview } from './home-types.ts';

type Sales = NonNullable<Overview['sales']>;

/** Revenue by the day of the organization's calendar. */
export function SalesChart({ sales, height }: { readonly sales: Sales; readonly height: number }) {
  const { zone } = useOrganization();
  const { period, revenue, currency } = sales;
  const days = revenue.history.map((amount, i) => ({ day: dayWords(period.from, i, zone), amount }));
  return (
    <div role="img" aria-label={`Revenue by day: ${formatMoney(revenue.now, currency)} in ${days.length} days`}>
      <AreaChart
        h={height}
        data={days}
        dataKey="day"
        series={[{ name: 'amount', label: 'Revenue', color: 'var(--crm-accent)' }]}
        curveType="monotone"
        withDots={false}
        strokeWidth={1.75}
        fillOpacity={0.12}
        gridColor="var(--crm-line)"
        textColor="var(--mantine-color-dimmed)"
        tickLine="none"
        valueFormatter={(value) => formatMoney(value, currency)}
        yAxisProps={{ width: 64, tickFormatter: (value: number) => formatMoneyCompact(value, currency), tickCount: 4 }}
        xAxisProps={{ minTickGap: 40 }}
      />
    </div>
  );
}

/** `24 Oct`; counted from noon of the first day, so that a change of the clocks moves none. */
function dayWords(from: number, index: number, zone: string): string {
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: zone }).format(
    from + (index + 0.5) * 86_400_000,
  );
}
