import type { CampaignState, OrganizationId } from '@mini-crm/domain';
import { IconMail, IconPlus } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ActionButton } from '../../components/action-button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { Instant } from '../../components/instant.tsx';
import { Count, Percent } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import { stateWords } from './campaign-words.ts';
import classes from './campaigns.module.css';
import { audienceWords } from './draft.ts';
import { liquidWords } from './liquid-words.ts';

type Row = Outputs['campaigns']['list']['items'][number];

export interface CampaignSearch {
  readonly q: string;
  readonly state?: CampaignState | undefined;
}

interface CampaignListPageProps {
  readonly search: CampaignSearch;
  readonly onSearch: (change: Partial<CampaignSearch>) => void;
}

const pageSize = 50;

/** What the list asks for; the route asks for it before the page is there. */
export const campaignListInput = (orgId: OrganizationId, { q, state }: CampaignSearch) => ({
  orgId,
  ...(q ? { search: q } : {}),
  ...(state ? { states: [state] } : {}),
  limit: pageSize,
});

/** All campaigns, newest first. */
export function CampaignListPage({ search, onSearch }: CampaignListPageProps) {
  const { orgId, slug, refusal } = useOrganization();
  const navigate = useNavigate();
  const list = trpc.campaigns.list.useInfiniteQuery(campaignListInput(orgId, search), {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const counts = list.data?.pages[0]?.counts;
  const total = counts ? Object.values(counts).reduce((sum, count) => sum + count, 0) : null;
  const start = () => navigate({ to: '/o/$org/campaigns/new', params: { org: slug } });
  const filtered = search.q !== '' || search.state !== undefined;
  return (
    <Page>
      <PageHeader
        title="Campaigns"
        count={total}
        actions={
          <ActionButton leftSection={<IconPlus size={16} />} reason={refusal('campaigns.create')} onClick={start}>
            New campaign
          </ActionButton>
        }
      />
      {(total !== 0 || filtered) && (
        <FilterBar
          search={{ value: search.q, onChange: (q) => onSearch({ q }), placeholder: 'Search campaigns' }}
          filters={[
            {
              kind: 'choice',
              id: 'state',
              label: 'State',
              options: Object.entries(stateWords).map(([value, { label }]) => ({
                value,
                label: counts?.[value as CampaignState] ? `${label} (${counts[value as CampaignState]})` : label,
              })),
              value: search.state,
              onChange: (state) => onSearch({ state: state as CampaignState }),
              onClear: () => onSearch({ state: undefined }),
            },
          ]}
          onClearAll={() => onSearch({ q: '', state: undefined })}
        />
      )}
      <DataTable
        label="Campaigns"
        columns={columns}
        rows={list.data?.pages.flatMap((page) => page.items)}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        onOpen={({ id }) => navigate({ to: '/o/$org/campaigns/$id', params: { org: slug, id } })}
        error={list.error}
        onRetry={() => void list.refetch()}
        stale={list.isPlaceholderData}
        hasMore={list.hasNextPage}
        onLoadMore={() => void list.fetchNextPage()}
        loadingMore={list.isFetchingNextPage}
        empty={
          filtered ? (
            <EmptyState compact icon={IconMail} title="No campaign fits">
              Try other words, or take a filter away.
            </EmptyState>
          ) : (
            <EmptyState
              icon={IconMail}
              title="No campaigns yet"
              actions={
                <ActionButton reason={refusal('campaigns.create')} onClick={start}>
                  New campaign
                </ActionButton>
              }
            >
              A campaign is one message to the people of your segments. You see exactly who will get it before it goes
              out, and what came of it afterwards.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

const columns: readonly Column<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    card: 'title',
    cell: ({ name, subject }) => (
      <div className={classes.nameCell}>
        <span className={classes.name}>{name}</span>
        {subject && <span className={classes.subject}>{liquidWords(subject)}</span>}
      </div>
    ),
  },
  { id: 'state', header: 'State', card: 'aside', width: 130, cell: ({ state }) => <CampaignBadge state={state} /> },
  {
    id: 'audience',
    header: 'Audience',
    optional: true,
    cell: ({ audienceNames, again }) => (
      <span className={classes.clamped}>
        {again ? `Who did not get “${again.name}”` : audienceWords(audienceNames)}
      </span>
    ),
  },
  { id: 'people', header: 'Sent', align: 'right', width: 150, cell: (row) => <SentCell row={row} /> },
  {
    id: 'opened',
    header: 'Opened',
    align: 'right',
    width: 100,
    cell: (row) => <AnswerCell row={row} people="opened" all="allOpened" />,
  },
  {
    id: 'clicked',
    header: 'Clicked',
    align: 'right',
    width: 100,
    cell: (row) => <AnswerCell row={row} people="clicked" all="allClicked" />,
  },
  { id: 'when', header: 'When', width: 170, cell: (row) => <WhenCell row={row} /> },
];

/** The state of a campaign as a dot and a word. */
export function CampaignBadge({ state }: { readonly state: CampaignState }) {
  const { label, tone } = stateWords[state];
  return (
    <StateBadge tone={tone} moving={state === 'sending'} hollow={state === 'draft' || state === 'scheduled'}>
      {label}
    </StateBadge>
  );
}

function SentCell({ row: { progress, state, name } }: { readonly row: Row }) {
  if (!progress) return <span className={classes.none}>–</span>;
  const { sent, failed, skipped, unknown } = progress.counts;
  if (state !== 'sending' && state !== 'paused') return <Count value={sent} />;
  const total = progress.planned ?? progress.expected;
  return (
    <div className={classes.sentCell}>
      <span className="figures">
        <Count value={sent} /> of <Count value={total} />
      </span>
      <ProgressBar label={`Progress of ${name}`} value={sent + failed + skipped + unknown} total={total} />
    </div>
  );
}

interface AnswerCellProps {
  readonly row: Row;
  readonly people: 'opened' | 'clicked';
  readonly all: 'allOpened' | 'allClicked';
}

/** How many people of those it was sent to answered; with machines below it, where there were any. */
function AnswerCell({ row: { responses, progress }, people, all }: AnswerCellProps) {
  const sent = progress?.counts.sent ?? 0;
  if (!responses || sent === 0) return <span className={classes.none}>–</span>;
  return (
    <div className={classes.answer}>
      <Percent part={responses[people]} whole={sent} />
      {responses[all] > responses[people] && (
        <small>
          <Percent part={responses[all]} whole={sent} /> all
        </small>
      )}
    </div>
  );
}

function WhenCell({ row }: { readonly row: Row }) {
  const { zone } = useOrganization();
  const { state, schedule, launchedAt, updatedAt } = row;
  if (state === 'scheduled' && schedule.type !== 'now' && schedule.at)
    return <Instant value={schedule.at} zone={zone} />;
  if (launchedAt) return <Instant value={launchedAt} zone={zone} />;
  return (
    <span className={classes.none}>
      edited <Instant value={updatedAt} />
    </span>
  );
}
