import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { currencyExponent } from '@mini-crm/domain';
import { formatMoney } from '../../components/format-number.ts';
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
      <BarChart
        h={height}
        data={days}
        dataKey="day"
        series={[{ name: 'amount', label: 'Revenue', color: 'var(--crm-accent)' }]}
        maxBarWidth={22}
        barProps={{ radius: [3, 3, 0, 0] }}
        gridColor="var(--crm-line)"
        textColor="var(--mantine-color-dimmed)"
        cursorFill="var(--crm-hover)"
        tickLine="none"
        valueFormatter={(value) => formatMoney(value, currency)}
        yAxisProps={{ width: 60, tickFormatter: (value: number) => wholeUnits(value, currency), tickCount: 4 }}
        xAxisProps={{ minTickGap: 40 }}
      />
    </div>
  );
}

/** `$1.3K`, `$650`: for an axis, where cents are noise. */
function wholeUnits(amount: number, currency: string): string {
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  }).format(amount / 10 ** currencyExponent(currency));
}

/** `24 Oct`; counted from noon of the first day, so that a change of the clocks moves none. */
function dayWords(from: number, index: number, zone: string): string {
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: zone }).format(
    from + (index + 0.5) * 86_400_000,
  );
}
