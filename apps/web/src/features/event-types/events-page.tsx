import { Stack } from '@mantine/core';
import { IconBolt, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatCount } from '../../components/format-number.ts';
import { Instant } from '../../components/instant.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import classes from './events.module.css';
import { NewEventType } from './new-event-type.tsx';
import { NewProperty } from './new-property.tsx';
import { propertyTypeWords } from './property-type-words.ts';
import { type Renamed, RenamePanel } from './rename-panel.tsx';

type Catalogue = Outputs['eventTypes']['list'];
type EventType = Catalogue['types'][number];
type Property = Catalogue['properties'][number];

/** The event catalogue: what segments can ask of what customers did. */
export function EventsPage() {
  const { orgId, refusal, can } = useOrganization();
  const list = trpc.eventTypes.list.useQuery({ orgId });
  const counts = trpc.eventTypes.counts.useQuery({ orgId });
  const [renamed, setRenamed] = useState<Renamed | null>(null);
  const [adding, setAdding] = useState<'type' | 'property' | null>(null);
  const mayRename = can('eventTypes.labelType');
  const types = list.data?.types;
  const labelOf = (type: string) => types?.find((one) => one.type === type)?.label ?? type;

  const typeColumns: readonly Column<EventType>[] = [
    { id: 'label', header: 'Event', card: 'title', cell: ({ label, type }) => <Named label={label} name={type} /> },
    {
      id: 'count',
      header: 'Last 30 days',
      align: 'right',
      cell: ({ type }) => {
        const found = counts.data?.find((one) => one.type === type);
        if (found?.count == null) return '–';
        return found.isMore ? `${formatCount(found.count)}+` : formatCount(found.count);
      },
    },
    {
      id: 'lastSeenAt',
      header: 'Last sent',
      cell: ({ lastSeenAt }) => <Instant value={lastSeenAt} />,
    },
  ];
  const propertyColumns: readonly Column<Property>[] = [
    { id: 'label', header: 'Property', card: 'title', cell: ({ label, name }) => <Named label={label} name={name} /> },
    { id: 'type', header: 'Type', cell: ({ type }) => propertyTypeWords[type].name },
    { id: 'events', header: 'Events', cell: ({ eventTypes }) => eventTypes.map(labelOf).join(', ') },
  ];
  const addType = (
    <ActionButton
      variant="default"
      reason={refusal('eventTypes.declareType')}
      leftSection={<IconPlus size={16} stroke={1.7} />}
      onClick={() => setAdding('type')}
    >
      New event
    </ActionButton>
  );
  const addProperty = (
    <ActionButton
      variant="default"
      reason={refusal('eventTypes.declareProperty')}
      leftSection={<IconPlus size={16} stroke={1.7} />}
      onClick={() => setAdding('property')}
    >
      New property
    </ActionButton>
  );
  return (
    <Stack gap="md">
      <Section
        flush
        title="Events"
        description="What customers do, as imports and programs send it. Segments can ask for all of it. A new kind appears here with its first event."
        actions={addType}
      >
        <DataTable
          label="Events"
          columns={typeColumns}
          rows={types}
          rowId={({ type }) => type}
          rowLabel={({ label }) => label}
          {...(mayRename
            ? {
                onOpen: (one: EventType) =>
                  setRenamed({ kind: 'type', name: one.type, label: one.label, isStandard: one.isStandard }),
              }
            : {})}
          error={list.error}
          onRetry={() => list.refetch()}
          empty={<EmptyState compact icon={IconBolt} title="No events yet" />}
        />
      </Section>
      <Section
        flush
        title="Properties"
        description="What events carry. A name has one type everywhere; a value of another type is refused when it comes in."
        actions={addProperty}
      >
        <DataTable
          label="Properties"
          columns={propertyColumns}
          rows={list.data?.properties}
          rowId={({ name }) => name}
          rowLabel={({ label }) => label}
          {...(mayRename
            ? {
                onOpen: (one: Property) =>
                  setRenamed({ kind: 'property', name: one.name, label: one.label, isStandard: one.isStandard }),
              }
            : {})}
          error={list.error}
          onRetry={() => list.refetch()}
          empty={<EmptyState compact icon={IconBolt} title="No properties yet" />}
        />
      </Section>
      <RenamePanel renamed={renamed} onClose={() => setRenamed(null)} />
      <NewEventType opened={adding === 'type'} onClose={() => setAdding(null)} />
      <NewProperty opened={adding === 'property'} onClose={() => setAdding(null)} types={types ?? []} />
    </Stack>
  );
}

/** What people call it, and under it what programs send. */
function Named({ label, name }: { readonly label: string; readonly name: string }) {
  return (
    <span>
      <span className={classes.label}>{label}</span>
      <code className={classes.name}>{name}</code>
    </span>
  );
}
