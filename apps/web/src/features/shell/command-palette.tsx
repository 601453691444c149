import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconFilter, IconSearch, IconSend, IconUser } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Icon, RailEntry } from '../../components/app-frame-types.ts';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import { paletteStore, selectFirstAction } from './palette-store.ts';

interface CommandPaletteProps {
  /** Pages and first steps that are found by their own words. */
  readonly places: readonly RailEntry[];
}

/** Search by Ctrl/Cmd-K or `/`: pages at once, people, segments and campaigns from the server as one types. */
export function CommandPalette({ places }: CommandPaletteProps) {
  const { orgId, slug } = useOrganization();
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
  const matching = places.filter(({ label }) => label.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase()));
  const groups: SpotlightActionGroupData[] = [
    { group: 'Go to', actions: matching.map(({ href, label, icon }) => action(href, label, icon)) },
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
