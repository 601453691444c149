import type { ReactNode } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { FirstSteps } from './first-steps.tsx';
import classes from './home.module.css';
import { OverviewTiles } from './overview-tiles.tsx';
import { RecentCampaigns } from './recent-campaigns.tsx';
import { RunningNow } from './running-now.tsx';
import { SalesSection } from './sales-section.tsx';
import { Welcome } from './welcome.tsx';

interface HomePageProps {
  /** The button that fills an empty organization with the demo. */
  readonly fillDemo: ReactNode;
  /** Says that campaigns wait for a setting, where some do. */
  readonly notice: ReactNode;
  /** Says that there is a demo, where there is one. */
  readonly demoBanner: ReactNode;
}

/** What the slow numbers may lag behind; everything that is quick arrives over the stream at once. */
const refreshMs = 60_000;

/** The first page: the numbers that matter, what is running, what went out lately, and what to do next. */
export function HomePage({ fillDemo, notice, demoBanner }: HomePageProps) {
  const { orgId, name } = useOrganization();
  const overview = trpc.home.overview.useQuery({ orgId }, { refetchInterval: refreshMs });
  const activity = trpc.home.activity.useQuery({ orgId }, { refetchInterval: refreshMs });
  const failed = [overview, activity].find((query) => query.error && query.data === undefined);
  if (failed) {
    return (
      <Page>
        <ErrorState error={failed.error} onRetry={() => void Promise.all([overview.refetch(), activity.refetch()])} />
      </Page>
    );
  }
  const empty = activity.data && !activity.data.steps.customers && activity.data.imports.length === 0;
  if (empty) {
    return (
      <Page>
        <Welcome name={name} steps={activity.data.steps} fillDemo={fillDemo} />
      </Page>
    );
  }
  return (
    <Page>
      <PageHeader title="Home" />
      {notice}
      {demoBanner}
      <div className={classes.stack}>
        <OverviewTiles overview={overview.data} />
        <RunningNow activity={activity.data} />
        <div className={classes.columns}>
          <RecentCampaigns activity={activity.data} />
          {activity.data && <FirstSteps steps={activity.data.steps} />}
        </div>
        <SalesSection sales={overview.data?.sales} />
      </div>
    </Page>
  );
}
