import { Skeleton } from '@mantine/core';
import type { CampaignFault, Waterfall } from '@mini-crm/domain';
import { waterfallWords } from '../../components/audience-words.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { formatCount } from '../../components/format-number.ts';
import type { Outputs } from '../../trpc.ts';
import { faultWords } from './campaign-words.ts';
import type { Draft } from './draft.ts';
import classes from './waterfall.module.css';
import { WaterfallChart } from './waterfall-chart.tsx';

/** The counting of an audience, as the page has it. */
export interface Reach {
  readonly data: Outputs['campaigns']['waterfall'] | undefined;
  readonly error: unknown;
  readonly isPlaceholderData: boolean;
  readonly refetch: () => unknown;
}

interface WaterfallPanelProps {
  readonly audience: Draft['audience'];
  readonly reach: Reach;
  /** What the organization's own rules do to it when its turn comes, in sentences. */
  readonly rules?: readonly string[];
}

/** What will happen: the number in large figures, and how it comes about. */
export function WaterfallPanel({ audience, reach, rules = [] }: WaterfallPanelProps) {
  const nobody = audience.include !== 'everyone' && audience.include.length === 0;
  if (nobody) {
    return (
      <div>
        <h2 className={classes.heading}>Will get it</h2>
        <p className={classes.number}>0</p>
        <p className={classes.quiet}>Choose who should get this, and you see here who of them can be reached.</p>
      </div>
    );
  }
  if (reach.error && !reach.data)
    return <ErrorState compact error={reach.error} onRetry={() => void reach.refetch()} />;
  if (!reach.data) return <PanelSkeleton />;
  if ('faults' in reach.data) {
    return (
      <div>
        <h2 className={classes.heading}>Can’t be counted</h2>
        {reach.data.faults.map((fault) => (
          <p key={fault.path.join('.')} className={classes.quiet}>
            {faultWords(fault as CampaignFault)}
          </p>
        ))}
      </div>
    );
  }
  const { waterfall } = reach.data;
  return (
    <div className={reach.isPlaceholderData ? classes.stale : undefined}>
      <h2 className={classes.heading}>Will get it</h2>
      <p className={classes.number} data-testid="reachable">
        {formatCount(waterfall.reachable)}
      </p>
      <WaterfallChart
        waterfall={waterfall}
        from={audience.include === 'everyone' ? 'All customers' : 'In the chosen segments'}
        to="Will get it"
      />
      <p className={classes.quiet}>{sentence(waterfall)}</p>
      {rules.map((rule) => (
        <p key={rule} className={classes.quiet}>
          {rule}
        </p>
      ))}
    </div>
  );
}

/** The biggest loss, in words that can be acted on. */
function sentence({ inSegments, reachable, steps }: Waterfall): string {
  if (reachable === inSegments) return 'Everybody in the audience can be reached.';
  const biggest = [...steps].sort((a, b) => b.count - a.count)[0];
  if (!biggest || biggest.count === 0) return '';
  switch (biggest.reason) {
    case 'no_consent':
      return 'Most are left out because they have not agreed to e-mail.';
    case 'no_address':
      return 'Most are left out because no e-mail address is known.';
    case 'suppressed':
      return 'Most are left out because they unsubscribed or their address bounced.';
    case 'excluded':
      return 'Most are left out by the segments that you leave out.';
    case 'duplicate':
      return 'The chosen segments overlap; nobody gets it twice.';
    default:
      return biggest.reason satisfies never;
  }
}

function PanelSkeleton() {
  return (
    <div role="status" aria-label="Counting">
      <h2 className={classes.heading}>Will get it</h2>
      <Skeleton w={110} h={32} my={10} />
      {Object.keys(waterfallWords).map((reason) => (
        <Skeleton key={reason} h={10} my={14} />
      ))}
    </div>
  );
}
