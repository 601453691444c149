import { Alert, Skeleton } from '@mantine/core';
import type { CampaignId } from '@mini-crm/domain';
import { IconArchive } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { ExportMenu } from './export-menu.tsx';
import { Funnel } from './funnel.tsx';
import { LinkClicks } from './link-clicks.tsx';
import { NotSent } from './not-sent.tsx';
import classes from './report.module.css';
import { ReportSentence } from './report-sentence.tsx';
import { ResponsesSection } from './responses-section.tsx';
import { SaveSent } from './save-sent.tsx';
import { WaterfallSection } from './waterfall-section.tsx';

/** A big campaign's counts are kept for a moment by the server; what happened in it shows then. */
const refreshMs = 60_000;

/** What came of a campaign: the sentence, the funnel, then time, links and people. Every number leads to the people behind it. */
export function CampaignReport({ id }: { readonly id: CampaignId }) {
  const { orgId } = useOrganization();
  const [span, setSpan] = useState<'first' | 'all'>('first');
  const report = trpc.reports.campaign.useQuery(
    { orgId, id, span },
    { placeholderData: keepPreviousData, refetchInterval: refreshMs },
  );
  if (report.error && !report.data) return <ErrorState error={report.error} onRetry={() => void report.refetch()} />;
  if (!report.data) return <Loading />;
  const { data } = report;
  return (
    <div className={classes.report}>
      <div className={classes.head}>
        <h2>Results</h2>
        <div className={classes.actions}>
          {data.figures.sent > 0 && !data.removedSince && <SaveSent id={id} />}
          <ExportMenu id={id} />
        </div>
      </div>
      {data.removedSince && <Removed since={data.removedSince} />}
      {data.figures.sent > 0 ? (
        <>
          <ReportSentence report={data} />
          <Funnel report={data} />
          <ResponsesSection overTime={data.overTime} span={span} onSpan={setSpan} />
          <div className={classes.columns}>
            <LinkClicks report={data} />
            <div className={classes.side}>
              <NotSent report={data} />
              <WaterfallSection report={data} />
            </div>
          </div>
        </>
      ) : (
        <div className={classes.columns}>
          <NotSent report={data} />
          <WaterfallSection report={data} />
        </div>
      )}
    </div>
  );
}

function Loading() {
  return (
    <div className={classes.report} aria-busy>
      <Skeleton width={90} height={18} />
      <Skeleton height={84} radius="md" />
      <Skeleton height={250} radius="md" />
      <Skeleton height={320} radius="md" />
    </div>
  );
}

/** Says that only the figures are left. */
function Removed({ since }: { readonly since: string | Date }) {
  const { zone } = useOrganization();
  return (
    <Alert color="gray" icon={<IconArchive size={18} stroke={1.7} />}>
      The messages of this campaign were removed <Instant value={since} zone={zone} />, as the retention of your
      organization says. The figures are what they were then; the people behind them can’t be listed any more.
    </Alert>
  );
}
