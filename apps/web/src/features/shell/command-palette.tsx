import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import type { Action } from '@mini-crm/domain';
import { IconFilter, IconPlus, IconSearch, IconSend, IconUpload, IconUser } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Icon, RailEntry } from '../../components/app-frame-types.ts';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import { paletteStore, selectFirstAction } from './palette-store.ts';

interface CommandPaletteProps {
  /** Pages that are found by their own words. */
  readonly places: readonly RailEntry[];
}

/** Search by Ctrl/Cmd-K or `/`: pages and first steps at once, people, segments and campaigns from the server as one types. */
export function CommandPalette({ places }: CommandPaletteProps) {
  const { orgId, slug, can } = useOrganization();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const [text] = useDebouncedValue(query.trim(), 150);
  const found = trpc.search.everything.useQuery(
    { orgId, text },
    { enabled: text !== '', placeholderData: keepPreviousData },
  );

  const answer = found.data;
  useEffect(() => {
    if (answer && query !== '') selectFirstAction();
  }, [answer, query]);

  const action = (href: string, label: string, Mark: Icon, description?: string): SpotlightActionData => ({
    id: href,
    label,
    ...(description ? { description } : {}),
    leftSection: <Mark size={18} stroke={1.7} />,
    onClick: () => navigate({ to: href }),
  });
  const wanted = query.trim().toLocaleLowerCase();
  const matches = ({ label }: { readonly label: string }) => label.toLocaleLowerCase().includes(wanted);
  const matching = places.filter(matches);
  const starts = firstSteps.filter((step) => can(step.action) && matches(step));
  const groups: SpotlightActionGroupData[] = [
    { group: 'Go to', actions: matching.map(({ href, label, icon }) => action(href, label, icon)) },
    { group: 'Start', actions: starts.map(({ path, label, icon }) => action(`/o/${slug}${path}`, label, icon)) },
    ...(text === '' ? [] : foundGroups(answer, `/o/${slug}`, action)),
  ];
  return (
    <Spotlight
      store={paletteStore}
      shortcut={['mod + K', '/']}
      query={query}
      onQueryChange={setQuery}
      scrollable
      centered={false}
      yOffset="12dvh"
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      maxHeight={420}
      // What is shown was chosen above; the server has its own idea of what fits.
      filter={(_, actions) => actions}
      actions={groups.filter(({ actions }) => actions.length > 0)}
      nothingFound={found.isFetching ? 'Searching …' : 'Nothing of this name'}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.7} />,
        placeholder: 'Search customers, segments, campaigns',
        'aria-label': 'Search',
      }}
    />
  );
}

interface FirstStep {
  readonly label: string;
  readonly path: string;
  readonly icon: Icon;
  /** Left out for roles that may not. */
  readonly action: Action;
}

const firstSteps: readonly FirstStep[] = [
  { label: 'New campaign', path: '/campaigns/new', icon: IconPlus, action: 'campaigns.create' },
  { label: 'New segment', path: '/segments/new', icon: IconPlus, action: 'segments.create' },
  { label: 'Import customers or orders', path: '/customers/import', icon: IconUpload, action: 'imports.start' },
];

type MakeAction = (href: string, label: string, icon: Icon, description?: string) => SpotlightActionData;

function foundGroups(
  found: Outputs['search']['everything'] | undefined,
  base: string,
  action: MakeAction,
): SpotlightActionGroupData[] {
  if (!found) return [];
  return [
    {
      group: 'Customers',
      actions: found.customers.map(({ id, name, detail }) =>
        action(`${base}/customers/${id}`, name, IconUser, detail ?? undefined),
      ),
    },
    {
      group: 'Segments',
      actions: found.segments.map(({ id, name }) => action(`${base}/segments/${id}`, name, IconFilter)),
    },
    {
      group: 'Campaigns',
      actions: found.campaigns.map(({ id, name }) => action(`${base}/campaigns/${id}`, name, IconSend)),
    },
  ];
}
