import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import { addDays, type SegmentId } from '@mini-crm/domain';
import { formatCivilDate } from '../../components/format-instant.ts';
import { formatCompact, formatCount, formatPercent } from '../../components/format-number.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import classes from './list-page.module.css';
import { useIsRemoving } from './use-is-removing.ts';

const days = 90;

/** How many people a segment had on each of the last days. A day that nobody counted is a gap, never a guess. */
export function SegmentHistory({
  segmentId,
  height = 120,
}: {
  readonly segmentId: SegmentId;
  readonly height?: number;
}) {
  const { orgId } = useOrganization();
  const history = trpc.segments.history.useQuery(
    { orgId, segmentId, days },
    { staleTime: 60_000, enabled: !useIsRemoving() },
  );
  // Its room is kept, so that nothing below moves when it comes.
  if (!history.data) return <div className={classes.chart} style={{ minHeight: height + 28 }} />;
  const { points, today } = history.data;
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 2) {
    return (
      <div className={`${classes.chart} ${classes.quiet}`}>
        {last
          ? `Its size has been noted every day since ${formatCivilDate(last.date)}.`
          : 'Its size is noted every day from today on.'}
      </div>
    );
  }
  const sizes = new Map(points.map(({ date, size }) => [date, size]));
  const data: { day: string; size: number | null }[] = [];
  for (let date = first.date; date <= today; date = addDays(date, 1)) {
    data.push({ day: formatCivilDate(date), size: sizes.get(date) ?? null });
  }
  return (
    <div className={classes.chart}>
      <div className={`${classes.quiet} ${classes.change}`}>{changeWords(first, last)}</div>
      <div
        role="img"
        aria-label={`Size by day: ${formatCount(first.size)} on ${formatCivilDate(first.date)}, ${formatCount(last.size)} on ${formatCivilDate(last.date)}`}
      >
        <AreaChart
          h={height}
          data={data}
          dataKey="day"
          series={[{ name: 'size', label: 'People', color: 'var(--crm-accent)' }]}
          curveType="linear"
          withDots={data.length < 15}
          dotProps={{ r: 2 }}
          strokeWidth={1.5}
          fillOpacity={0.12}
          connectNulls={false}
          gridColor="var(--crm-line)"
          textColor="var(--mantine-color-dimmed)"
          tickLine="none"
          valueFormatter={(value) => formatCount(value)}
          yAxisProps={{
            width: 44,
            tickFormatter: (value: number) => formatCompact(value),
            tickCount: 3,
            allowDecimals: false,
          }}
          xAxisProps={{ minTickGap: 60 }}
        />
      </div>
    </div>
  );
}

type Point = { readonly date: string; readonly size: number };

/** "120 more than on 24 Aug (+4.2%)": the chart in a sentence. */
function changeWords(first: Point, last: Point): string {
  const change = last.size - first.size;
  const since = `than on ${formatCivilDate(first.date)}`;
  if (change === 0) return `As many as on ${formatCivilDate(first.date)}`;
  const share = first.size === 0 ? '' : ` (${change > 0 ? '+' : '−'}${formatPercent(Math.abs(change) / first.size)})`;
  return `${formatCount(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} ${since}${share}`;
}
