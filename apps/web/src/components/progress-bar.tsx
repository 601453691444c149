import classes from './progress-bar.module.css';

interface ProgressBarProps {
  readonly label: string;
  readonly value: number;
  readonly total: number;
}

/** How far something is: an import's rows, a campaign's messages. */
export function ProgressBar({ label, value, total }: ProgressBarProps) {
  const share = total === 0 ? 0 : Math.min(1, value / total);
  return (
    <div
      role="progressbar"
      className={classes.track}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={value}
    >
      <div className={classes.fill} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
