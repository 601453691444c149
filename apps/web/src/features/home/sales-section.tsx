import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { formatDay } from '../../components/format-instant.ts';
import { Count, Money } from '../../components/numbers.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import classes from './home.module.css';
import type { Overview } from './home-types.ts';

/** Charts are heavy; the numbers don't wait for them. */
const SalesChart = lazy(async () => ({ default: (await import('./sales-chart.tsx')).SalesChart }));

const height = 220;

/** Revenue day by day, beside what was sold ever. Shows nothing before the first order. */
export function SalesSection({ sales }: { readonly sales: Overview['sales'] | undefined }) {
  const { zone } = useOrganization();
  if (sales === null) return null;
  if (sales === undefined) {
    return (
      <Section title="Revenue">
        <Skeleton height={height + 44} />
      </Section>
    );
  }
  const { period, revenue, orders, allTime, currency } = sales;
  return (
    <Section
      title="Revenue"
      description={`By day, ${period.recent ? 'last 30 days' : `30 days to ${formatDay(period.to - 1, { zone })}`}; net of refunds`}
    >
      <div className={classes.chartHead}>
        <div>
          <b>
            <Money amount={revenue.now} currency={currency} compact />
          </b>
          <span>
            from <Count value={orders.now} /> orders in these 30 days
          </span>
        </div>
        <div>
          <b>
            <Money amount={allTime.revenue} currency={currency} compact />
          </b>
          <span>
            from <Count value={allTime.orders} /> orders since {formatDay(allTime.first, { zone })}
          </span>
        </div>
      </div>
      <div style={{ height }}>
        <Suspense fallback={<Skeleton height={height} />}>
          <SalesChart sales={sales} height={height} />
        </Suspense>
      </div>
    </Section>
  );
}
