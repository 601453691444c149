import { Skeleton } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { LinkButton, TextLink } from '../../components/links.tsx';
import { Count, Percent } from '../../components/numbers.tsx';
import { Section } from '../../components/section.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import type { Tone } from '../../components/tone.ts';
import { useOrganization } from '../../organization.tsx';
import classes from './home.module.css';
import type { Activity } from './home-types.ts';

const states: Partial<Record<Activity['campaigns'][number]['state'], { readonly word: string; readonly tone: Tone }>> =
  {
    sending: { word: 'Sending', tone: 'accent' },
    paused: { word: 'Paused', tone: 'warning' },
    sent: { word: 'Sent', tone: 'success' },
    cancelled: { word: 'Cancelled', tone: 'neutral' },
    failed: { word: 'Failed', tone: 'danger' },
  };

/** What went out lately and what came of it; a row opens its report. */
export function RecentCampaigns({ activity }: { readonly activity: Activity | undefined }) {
  const { slug, can } = useOrganization();
  // What is running stands above, with its progress.
  const campaigns = activity?.campaigns.filter(({ state }) => state !== 'sending' && state !== 'paused');
  const running = (activity?.campaigns.length ?? 0) > (campaigns?.length ?? 0);
  return (
    <Section
      title="Recent campaigns"
      description={activity && waiting(activity)}
      actions={
        campaigns &&
        campaigns.length > 0 && (
          <TextLink to="/o/$org/campaigns" params={{ org: slug }}>
            All campaigns
          </TextLink>
        )
      }
      flush
    >
      {campaigns === undefined ? (
        <LoadingRows />
      ) : campaigns.length === 0 ? (
        <EmptyState
          compact
          icon={IconSend}
          title={running ? 'The first one is on its way' : 'Nothing was sent yet'}
          actions={
            !running &&
            can('campaigns.create') && (
              <LinkButton to="/o/$org/campaigns/new" params={{ org: slug }}>
                Make a campaign
              </LinkButton>
            )
          }
        >
          Campaigns stand here with what came of them: opened, clicked, unsubscribed.
        </EmptyState>
      ) : (
        <ul className={classes.results}>
          {campaigns.map((campaign) => (
            <li key={campaign.id}>
              <Result campaign={campaign} slug={slug} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function waiting({ drafts, scheduled }: Activity): string | undefined {
  const parts = [scheduled > 0 && `${scheduled} scheduled`, drafts > 0 && `${drafts} in draft`].filter(Boolean);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function Result({ campaign, slug }: { readonly campaign: Activity['campaigns'][number]; readonly slug: string }) {
  const { id, name, state, launchedAt, figures } = campaign;
  const { word, tone } = states[state] ?? { word: state, tone: 'neutral' as const };
  return (
    <Link to="/o/$org/campaigns/$id" params={{ org: slug, id }} className={classes.result ?? ''}>
      <span style={{ minWidth: 0 }}>
        <span className={classes.resultName}>{name}</span>
        <span className={classes.resultWhen}>
          <StateBadge tone={tone} moving={state === 'sending'}>
            {word}
          </StateBadge>
          <Instant value={launchedAt} />
        </span>
      </span>
      <Figure label="sent">
        <Count value={figures.sent} compact />
      </Figure>
      <Figure
        label="opened"
        behind={<WithMachines people={figures.opened} all={figures.allOpened} sent={figures.sent} />}
      >
        <Percent part={figures.opened} whole={figures.sent} />
      </Figure>
      <Figure
        label="clicked"
        behind={<WithMachines people={figures.clicked} all={figures.allClicked} sent={figures.sent} />}
      >
        <Percent part={figures.clicked} whole={figures.sent} />
      </Figure>
      <Figure label="unsubscribed">
        <Count value={figures.unsubscribed} />
      </Figure>
    </Link>
  );
}

interface FigureProps {
  readonly label: string;
  readonly children: ReactNode;
  /** A line below the label. */
  readonly behind?: ReactNode;
}

const Figure = ({ label, children, behind }: FigureProps) => (
  <span className={classes.figure}>
    {children}
    <small>{label}</small>
    {behind}
  </span>
);

/** The share with machines, where there were any: mail programs that load pictures, scanners that follow links. */
function WithMachines({ people, all, sent }: { readonly people: number; readonly all: number; readonly sent: number }) {
  if (all === people) return null;
  return (
    <small>
      <Percent part={all} whole={sent} /> all
    </small>
  );
}

function LoadingRows() {
  return (
    <ul className={classes.results} aria-busy>
      {[0, 1].map((row) => (
        <li key={row} className={classes.result}>
          <span>
            <Skeleton width="60%" height={12} mb={10} />
            <Skeleton width="40%" height={10} />
          </span>
        </li>
      ))}
    </ul>
  );
}
