interface SparklineProps {
  readonly values: readonly number[];
  /** What the line shows, for those who can't see it. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

/** A small line without axes. Stretches to its box; fewer than two values draw nothing. */
export function Sparkline({ values, label, width = 96, height = 28 }: SparklineProps) {
  if (values.length < 2) return null;
  const points = sparklinePoints(values, width, height);
  const last = points.at(-1);
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <polygon points={`0,${height} ${line} ${width},${height}`} fill="var(--crm-accent)" opacity={0.09} />
      <polyline points={line} fill="none" stroke="var(--crm-accent)" strokeWidth={1.5} strokeLinejoin="round" />
      {last && <circle cx={last[0] - 2} cy={last[1]} r={2} fill="var(--crm-accent)" />}
    </svg>
  );
}

/** Where each value lies in a box of this size, with two pixels of air above and below; equal values lie in the middle. */
export function sparklinePoints(
  values: readonly number[],
  width: number,
  height: number,
): readonly (readonly [x: number, y: number])[] {
  const least = Math.min(...values);
  const range = Math.max(...values) - least;
  return values.map((value, index) => {
    const share = range === 0 ? 0.5 : (value - least) / range;
    return [(index / (values.length - 1)) * width, 2 + (1 - share) * (height - 4)] as const;
  });
}
