import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconFileUpload, IconPencil } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { FileDrop } from '../../components/file-drop.tsx';
import { formatCount } from '../../components/format-number.ts';
import { notifyError } from '../../components/notify.ts';
import { Percent } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Section } from '../../components/section.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import { EditList } from './edit-list.tsx';
import { ListMembers } from './list-members.tsx';
import classes from './list-page.module.css';
import { ListUploadResult } from './list-upload-result.tsx';
import { listFileHint } from './new-list.tsx';
import { ReachList } from './reach-list.tsx';
import { SegmentActions } from './segment-actions.tsx';
import { SegmentHistory } from './segment-history.tsx';
import { SegmentUses } from './segment-uses.tsx';
import { type ListUpload, uploadMembers } from './upload-list.ts';
import { useIsRemoving } from './use-is-removing.ts';

export type StoredList = Extract<Outputs['segments']['get'], { kind: 'static' }>;

/** A static segment: who is on it, put on and taken off by hand or by a file. */
export function ListPage({ list }: { readonly list: StoredList }) {
  const { slug, can } = useOrganization();
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const [uploading, setUploading] = useState(false);
  const { id, name, kind, description, filling, archivedAt } = list;
  return (
    <Page>
      <PageHeader
        title={name}
        beside={
          <StateBadge tone="neutral" moving={filling !== null}>
            {filling ? 'Being made' : archivedAt ? 'Archived list' : 'List'}
          </StateBadge>
        }
        {...(description ? { description } : {})}
        actions={
          <>
            {can('segments.save') && (
              <Button
                variant="default"
                leftSection={<IconPencil size={16} stroke={1.7} />}
                onClick={() => setEditing(true)}
              >
                Edit name
              </Button>
            )}
            {can('segments.uploadMembers') && !filling && (
              <Button leftSection={<IconFileUpload size={16} stroke={1.7} />} onClick={() => setUploading(true)}>
                Add from a file
              </Button>
            )}
            <SegmentActions
              beside="title"
              segment={{ id, name, kind, isArchived: archivedAt !== null, isUnfinished: filling !== null }}
              onRemoved={() => navigate({ to: '/o/$org/segments', params: { org: slug } })}
            />
          </>
        }
      />
      {filling ? (
        <Section>
          <div role="status">
            {formatCount(filling.added)} {filling.added === 1 ? 'person is' : 'people are'} on the list so far, out of “
            {filling.from.name}”. It can be used when everybody is.
          </div>
        </Section>
      ) : (
        <div className={classes.columns}>
          <ListMembers listId={id} onUpload={() => setUploading(true)} />
          <div className={classes.side}>
            <Section title="Size">
              <ListSize listId={id} />
              <SegmentHistory segmentId={id} />
            </Section>
            <SegmentUses segmentId={id} />
          </div>
        </div>
      )}
      <EditList list={list} opened={editing} onClose={() => setEditing(false)} />
      <SidePanel title="Add people from a file" opened={uploading} onClose={() => setUploading(false)}>
        <AddFile listId={id} />
      </SidePanel>
    </Page>
  );
}

function ListSize({ listId }: { readonly listId: StoredList['id'] }) {
  const { orgId } = useOrganization();
  const size = trpc.segments.size.useQuery({ orgId, segmentId: listId }, { enabled: !useIsRemoving() });
  if (size.error && !size.data) return <Text c="dimmed">It could not be counted now.</Text>;
  const { size: people, total, reach } = size.data ?? {};
  return (
    <>
      <div className={classes.figure} role="status" aria-label="Number of people">
        {people === undefined ? <Skeleton w={120} h={38} /> : formatCount(people)}
      </div>
      <div className={classes.quiet}>
        {people === undefined ? <Skeleton w={160} h={14} my={3} /> : people === 1 ? 'person' : 'people'}
        {people !== undefined && total !== undefined && total !== null && total > 0 && (
          <>
            , <Percent part={people} whole={total} /> of {formatCount(total)}
          </>
        )}
      </div>
      <div className={classes.reach}>
        <ReachList reach={reach} />
      </div>
    </>
  );
}

/** Lives only while the panel is open, so that it begins anew each time. */
function AddFile({ listId }: { readonly listId: StoredList['id'] }) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<{ readonly result: ListUpload; readonly fileName: string } | null>(null);

  async function add(file: File) {
    setBusy(true);
    setDone(null);
    try {
      setDone({ result: await uploadMembers(orgId, listId, file, {}), fileName: file.name });
    } catch (error) {
      notifyError(error);
    } finally {
      // Where the file broke off, those who were read before are on the list.
      void utils.segments.invalidate();
      setBusy(false);
    }
  }

  return (
    <Stack>
      <Text c="dimmed">
        Customers are found by their ID, else by their e-mail address. Nobody new is made: import them first.
      </Text>
      <FileDrop
        title="Drop a file of people here, or choose one"
        hint={listFileHint}
        accept={{ 'text/csv': ['.csv', '.tsv', '.txt'] }}
        onFile={add}
        loading={busy}
      />
      {done && <ListUploadResult {...done} />}
    </Stack>
  );
}
