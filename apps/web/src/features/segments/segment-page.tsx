import { Button } from '@mantine/core';
import type { FieldCatalogue, SegmentId } from '@mini-crm/domain';
import { IconDownload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingPage } from '../../components/loading-page.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import { ListPage } from './list-page.tsx';
import { membersHref, SegmentActions } from './segment-actions.tsx';
import { type SegmentContent, SegmentEditor } from './segment-editor.tsx';
import { SegmentHistory } from './segment-history.tsx';
import { SegmentUses } from './segment-uses.tsx';
import { useIsRemoving } from './use-is-removing.ts';

/** A new segment. */
export function NewSegmentPage() {
  const { orgId, slug, refusal } = useOrganization();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const fields = trpc.segments.fields.useQuery({ orgId });
  const create = trpc.segments.create.useMutation();

  async function save(content: SegmentContent) {
    const { id } = await create.mutateAsync({ orgId, ...content });
    void utils.segments.list.invalidate();
    notifyDone('Segment created');
    await navigate({ to: '/o/$org/segments/$id', params: { org: slug, id }, ignoreBlocker: true });
  }

  if (fields.error) return <Failed error={fields.error} onRetry={() => fields.refetch()} />;
  if (!fields.data) return <LoadingPage />;
  return <SegmentEditor segment={null} fields={fields.data} onSave={save} refusal={refusal('segments.create')} />;
}

/** A stored segment, open for editing. */
export function SegmentPage({ segmentId }: { readonly segmentId: SegmentId }) {
  const { orgId } = useOrganization();
  const fields = trpc.segments.fields.useQuery({ orgId });
  const segment = trpc.segments.get.useQuery({ orgId, segmentId }, { enabled: !useIsRemoving() });
  if (fields.error || (segment.error && !segment.data)) {
    return <Failed error={fields.error ?? segment.error} onRetry={() => void [fields.refetch(), segment.refetch()]} />;
  }
  if (!fields.data || !segment.data) return <LoadingPage />;
  if (segment.data.kind === 'static') return <ListPage list={segment.data} />;
  return <OpenSegment newest={segment.data} fields={fields.data} />;
}

type Stored = Extract<Outputs['segments']['get'], { kind: 'dynamic' }>;
type Opened = SegmentContent & Pick<Stored, 'id' | 'version'>;

interface OpenSegmentProps {
  /** As it is stored now; somebody else may have saved it since it was opened. */
  readonly newest: Stored;
  readonly fields: FieldCatalogue;
}

function OpenSegment({ newest, fields }: OpenSegmentProps) {
  const { orgId, slug, refusal, can } = useOrganization();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const change = trpc.segments.save.useMutation();
  const create = trpc.segments.create.useMutation();
  const [opened, setOpened] = useState<Opened>(newest);
  // The version that the editor began with; it goes on with its own saves, and begins anew with somebody else's.
  const [begun, setBegun] = useState(newest.version);
  const { id, name } = opened;
  const isOld = newest.version > opened.version;

  function begin(segment: Stored) {
    setOpened(segment);
    setBegun(segment.version);
  }

  async function save(content: SegmentContent) {
    const saved = await change.mutateAsync({ orgId, segmentId: id, version: opened.version, ...content });
    setOpened({ ...opened, ...content, version: saved.version });
    notifyDone('Segment saved');
    void utils.segments.get.invalidate({ orgId, segmentId: id });
    void utils.segments.list.invalidate();
    void utils.segments.size.invalidate({ orgId, segmentId: id });
  }

  async function saveAs(content: SegmentContent) {
    const other = await create.mutateAsync({ orgId, ...content });
    void utils.segments.list.invalidate();
    notifyDone(`“${content.name}” created`);
    await navigate({ to: '/o/$org/segments/$id', params: { org: slug, id: other.id }, ignoreBlocker: true });
  }

  return (
    <SegmentEditor
      key={begun}
      segment={opened}
      fields={fields}
      onSave={save}
      {...(can('segments.create') ? { onSaveAs: saveAs } : {})}
      refusal={refusal('segments.save')}
      history={<SegmentHistory segmentId={id} height={96} />}
      onNewer={isOld ? () => begin(newest) : undefined}
      aside={<SegmentUses segmentId={id} />}
      actions={
        <>
          {can('segments.export') && (
            <Button
              component="a"
              href={membersHref(orgId, id)}
              download
              variant="default"
              leftSection={<IconDownload size={16} stroke={1.7} />}
            >
              Export CSV
            </Button>
          )}
          <SegmentActions
            beside="title"
            segment={{ id, name, kind: 'dynamic', isArchived: newest.archivedAt !== null }}
            onRemoved={() => navigate({ to: '/o/$org/segments', params: { org: slug }, ignoreBlocker: true })}
          />
        </>
      }
    />
  );
}

function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return (
    <Page>
      <ErrorState error={error} onRetry={onRetry} />
    </Page>
  );
}
