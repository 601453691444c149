import { Button } from '@mantine/core';
import type { SegmentId } from '@mini-crm/domain';
import { IconDownload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingPage } from '../../components/loading-page.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { membersHref, SegmentActions } from './segment-actions.tsx';
import { type SegmentContent, SegmentEditor } from './segment-editor.tsx';

/** A new segment. */
export function NewSegmentPage() {
  const { orgId, slug, refusal } = useOrganization();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const fields = trpc.segments.fields.useQuery({ orgId });
  const create = trpc.segments.create.useMutation();

  async function save(content: SegmentContent) {
    const { id } = await create.mutateAsync({ orgId, ...content });
    void utils.segments.list.invalidate({ orgId });
    notifyDone('Segment created');
    await navigate({ to: '/o/$org/segments/$id', params: { org: slug, id }, ignoreBlocker: true });
  }

  if (fields.error) return <Failed error={fields.error} onRetry={() => fields.refetch()} />;
  if (!fields.data) return <LoadingPage />;
  return <SegmentEditor segment={null} fields={fields.data} onSave={save} refusal={refusal('segments.create')} />;
}

/** A stored segment, open for editing. */
export function SegmentPage({ segmentId }: { readonly segmentId: SegmentId }) {
  const { orgId, slug, refusal, can } = useOrganization();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const fields = trpc.segments.fields.useQuery({ orgId });
  const segment = trpc.segments.get.useQuery({ orgId, segmentId });
  const change = trpc.segments.save.useMutation();

  if (fields.error || (segment.error && !segment.data)) {
    return <Failed error={fields.error ?? segment.error} onRetry={() => void [fields.refetch(), segment.refetch()]} />;
  }
  if (!fields.data || !segment.data) return <LoadingPage />;
  const { id, name, version } = segment.data;

  async function save(content: SegmentContent) {
    await change.mutateAsync({ orgId, segmentId, version, ...content });
    notifyDone('Segment saved');
    await Promise.all([utils.segments.get.invalidate({ orgId, segmentId }), utils.segments.list.invalidate({ orgId })]);
    void utils.segments.size.invalidate({ orgId, segmentId });
  }

  return (
    <SegmentEditor
      key={version}
      segment={segment.data}
      fields={fields.data}
      onSave={save}
      refusal={refusal('segments.save')}
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
            segment={{ id, name }}
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
