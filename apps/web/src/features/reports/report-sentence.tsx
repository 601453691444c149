import { attributionDays } from '@mini-crm/domain';
import { formatDay } from '../../components/format-instant.ts';
import { formatCount } from '../../components/format-number.ts';
import { Count, Money, Percent } from '../../components/numbers.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { useNow } from '../../components/use-now.ts';
import { useOrganization } from '../../organization.tsx';
import classes from './report.module.css';
import type { Figures, Report } from './report-types.ts';

/** What came of it in one line, and below it what the money is and is not. */
export function ReportSentence({ report }: { readonly report: Report }) {
  const { figures, revenue } = report;
  return (
    <div className={classes.sentence}>
      <Sentence>
        <b>
          <Percent part={figures.opened} whole={figures.sent} />
        </b>{' '}
        opened,{' '}
        <b>
          <Percent part={figures.clicked} whole={figures.sent} />
        </b>{' '}
        clicked,{' '}
        <b>
          <Count value={figures.unsubscribed} />
        </b>{' '}
        unsubscribed,{' '}
        <b>
          <Money amount={revenue.amount} currency={revenue.currency} />
        </b>{' '}
        within {attributionDays} days.
      </Sentence>
      <p className={classes.small}>
        <RevenueWords report={report} />
      </p>
      <MachineWords figures={figures} />
    </div>
  );
}

/** The numbers with machines, where there were any: other products count those. */
function MachineWords({ figures }: { readonly figures: Figures }) {
  const { sent, opened, allOpened, clicked, allClicked } = figures;
  if (allOpened === opened && allClicked === clicked) return null;
  return (
    <p className={classes.small}>
      With machines, that is mail programs that load pictures by themselves and scanners that follow links:{' '}
      <Percent part={allOpened} whole={sent} /> opened, <Percent part={allClicked} whole={sent} /> clicked.
    </p>
  );
}

function RevenueWords({ report: { revenue, revenueUntil } }: { readonly report: Report }) {
  const { zone } = useOrganization();
  const now = useNow();
  const counting = revenueUntil !== null && new Date(revenueUntil).getTime() > now.getTime();
  const orders = `${formatCount(revenue.orders)} ${revenue.orders === 1 ? 'order' : 'orders'}`;
  const buyers = `${formatCount(revenue.buyers)} ${revenue.buyers === 1 ? 'recipient' : 'recipients'}`;
  const others = revenue.ordersInOtherCurrencies;
  return (
    <>
      {revenue.orders === 0
        ? `No recipient ordered within ${attributionDays} days after their message${counting ? ' so far' : ''}.`
        : `${orders} by ${buyers} within ${attributionDays} days after their message, net of refunds: bought after it, not necessarily because of it.`}
      {others > 0 && ` ${formatCount(others)} in other currencies are left out.`}
      {counting && revenueUntil && ` Still counting, until ${formatDay(revenueUntil, { zone })}.`}
    </>
  );
}
