import { fold } from '@mini-crm/domain';
import { IconPlus, IconTemplate } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ActionButton } from '../../../components/action-button.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import type { Column } from '../../../components/data-table-types.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { FilterBar } from '../../../components/filter-bar.tsx';
import { Instant } from '../../../components/instant.tsx';
import { Page } from '../../../components/page.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useOrganization } from '../../../organization.tsx';
import { type Outputs, trpc } from '../../../trpc.ts';
import classes from '../campaigns.module.css';
import { liquidWords } from '../liquid-words.ts';
import { NewTemplateDialog } from './new-template-dialog.tsx';
import { TemplateBadge } from './template-badge.tsx';
import { purposeWords } from './template-words.ts';

type Row = Outputs['templates']['list'][number];

export interface TemplateSearch {
  readonly q: string;
  /** Whether archived ones are shown, and only those. */
  readonly archived: boolean;
}

interface TemplateListPageProps {
  readonly search: TemplateSearch;
  readonly onSearch: (change: Partial<TemplateSearch>) => void;
}

/** All templates, the newest first. */
export function TemplateListPage({ search, onSearch }: TemplateListPageProps) {
  const { orgId, slug, refusal } = useOrganization();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const list = trpc.templates.list.useQuery({ orgId });
  const all = list.data ?? [];
  const shown = list.data && shownRows(all, search);
  const archived = all.filter(({ state }) => state === 'archived').length;
  const create = (
    <ActionButton
      leftSection={<IconPlus size={16} />}
      reason={refusal('templates.create')}
      onClick={() => setCreating(true)}
    >
      New template
    </ActionButton>
  );
  return (
    <Page>
      <PageHeader title="Templates" count={list.data ? all.length - archived : null} actions={create} />
      {all.length > 0 && (
        <FilterBar
          search={{ value: search.q, onChange: (q) => onSearch({ q }), placeholder: 'Search templates' }}
          filters={[
            {
              kind: 'choice',
              id: 'archived',
              label: 'State',
              options: [{ value: 'archived', label: `Archived (${archived})` }],
              value: search.archived ? 'archived' : undefined,
              onChange: (value) => onSearch({ archived: value === 'archived' }),
              onClear: () => onSearch({ archived: false }),
            },
          ]}
          onClearAll={() => onSearch({ q: '', archived: false })}
        />
      )}
      <DataTable
        label="Templates"
        columns={columns}
        rows={shown}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        onOpen={({ id }) => navigate({ to: '/o/$org/templates/$id', params: { org: slug, id } })}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={
          all.length > 0 ? (
            <EmptyState compact icon={IconTemplate} title="No template fits">
              Try other words, or take a filter away.
            </EmptyState>
          ) : (
            <EmptyState icon={IconTemplate} title="No templates yet" actions={create}>
              A template is what your programs send one message by: a receipt, a password, a shipment. They name it and
              send the data, and each message is in the log.
            </EmptyState>
          )
        }
      />
      <NewTemplateDialog opened={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}

function shownRows(rows: readonly Row[], { q, archived }: TemplateSearch): readonly Row[] {
  const words = fold(q);
  return rows.filter(
    ({ state, name, slug }) =>
      (state === 'archived') === archived && (fold(name).includes(words) || slug.includes(words)),
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
  { id: 'state', header: 'State', card: 'aside', width: 180, cell: ({ state }) => <TemplateBadge state={state} /> },
  { id: 'slug', header: 'Name for programs', width: 220, cell: ({ slug }) => <code>{slug}</code> },
  { id: 'purpose', header: 'Purpose', width: 110, cell: ({ purpose }) => purposeWords[purpose].label },
  {
    id: 'published',
    header: 'Published',
    width: 190,
    cell: ({ published }) =>
      published ? <PublishedCell published={published} /> : <span className={classes.none}>–</span>,
  },
];

function PublishedCell({ published }: { readonly published: NonNullable<Row['published']> }) {
  return (
    <span>
      Version {published.number}, <Instant value={published.at} />
    </span>
  );
}
