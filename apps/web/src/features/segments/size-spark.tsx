import type { SegmentId } from '@mini-crm/domain';
import { formatCivilDate } from '../../components/format-instant.ts';
import { formatCount } from '../../components/format-number.ts';
import { Sparkline } from '../../components/sparkline.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import classes from './size-section.module.css';
import { useIsRemoving } from './use-is-removing.ts';

const days = 90;

/** How the stored segment's size went over the last months; nothing before there are two days to compare. */
export function SizeSpark({ segmentId }: { readonly segmentId: SegmentId }) {
  const { orgId } = useOrganization();
  const history = trpc.segments.history.useQuery(
    { orgId, segmentId, days },
    { staleTime: 10 * 60_000, enabled: !useIsRemoving() },
  );
  const points = history.data?.points ?? [];
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return null;
  return (
    <div className={classes.spark}>
      <Sparkline
        values={points.map(({ size }) => size)}
        label={`Size as saved, from ${formatCount(first.size)} on ${formatCivilDate(first.date)} to ${formatCount(last.size)}`}
        width={262}
        height={36}
      />
      <div className={classes.sparkEnds} aria-hidden>
        <span>
          {formatCivilDate(first.date)}: {formatCount(first.size)}
        </span>
        <span>{formatCount(last.size)}</span>
      </div>
    </div>
  );
}
