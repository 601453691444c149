import type { Waterfall } from '@mini-crm/domain';
import { waterfallWords } from '../../components/audience-words.ts';
import { formatCount } from '../../components/format-number.ts';
import classes from './waterfall.module.css';

interface WaterfallChartProps {
  readonly waterfall: Waterfall;
  /** What the first line counts: "All customers". */
  readonly from: string;
  /** What the last line counts. */
  readonly to: string;
}

/** From all chosen people down to those who get it; each bar shows who is left, and behind it who leaves at that step. */
export function WaterfallChart({ waterfall: { inSegments, steps, reachable }, from, to }: WaterfallChartProps) {
  let left = inSegments;
  const rows = steps.map(({ reason, count }) => {
    left -= count;
    return { reason, count, left };
  });
  return (
    <ol className={classes.chart}>
      <Row label={from} number={formatCount(inSegments)} left={inSegments} gone={0} total={inSegments} />
      {rows.map(({ reason, count, left: rest }) => (
        <Row
          key={reason}
          label={waterfallWords[reason]}
          number={count === 0 ? '0' : `−${formatCount(count)}`}
          left={rest}
          gone={count}
          total={inSegments}
          quiet={count === 0}
        />
      ))}
      <Row label={to} number={formatCount(reachable)} left={reachable} gone={0} total={inSegments} strong />
    </ol>
  );
}

interface RowProps {
  readonly label: string;
  readonly number: string;
  readonly left: number;
  readonly gone: number;
  readonly total: number;
  readonly quiet?: boolean;
  readonly strong?: boolean;
}

function Row({ label, number, left, gone, total, quiet = false, strong = false }: RowProps) {
  const share = (count: number) => `${total === 0 ? 0 : (count / total) * 100}%`;
  return (
    <li className={classes.row} data-quiet={quiet || undefined} data-strong={strong || undefined}>
      <span className={classes.rowLabel}>{label}</span>
      <span className={`${classes.rowNumber} figures`}>{number}</span>
      <span className={classes.bar} aria-hidden>
        <span className={classes.left} style={{ width: share(left) }} />
        <span className={classes.gone} style={{ width: share(gone) }} />
      </span>
    </li>
  );
}
