import { Skeleton } from '@mantine/core';
import type { CampaignId } from '@mini-crm/domain';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
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
          {data.figures.sent > 0 && <SaveSent id={id} />}
          <ExportMenu id={id} />
        </div>
      </div>
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
