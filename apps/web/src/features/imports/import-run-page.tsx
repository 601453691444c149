import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import type { ImportId } from '@mini-crm/domain';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { formatBytes, formatCount } from '../../components/format-number.ts';
import { Instant } from '../../components/instant.tsx';
import { LinkButton } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { ImportCounts } from './import-counts.tsx';
import { ImportProgress } from './import-progress.tsx';
import { failureWords, type ImportJob, isOver, kindWords, stateWords } from './import-words.ts';
import { NextSteps } from './next-steps.tsx';
import { RefusedRows } from './refused-rows.tsx';

/** One import: how far it is, or what came of it. */
export function ImportRunPage({ importId }: { readonly importId: ImportId }) {
  const { orgId } = useOrganization();
  const job = trpc.imports.get.useQuery({ orgId, importId });
  if (job.error) {
    return (
      <Page>
        <ErrorState error={job.error} onRetry={() => void job.refetch()} />
      </Page>
    );
  }
  if (!job.data) {
    return (
      <Page>
        <Stack gap="md" aria-busy="true">
          <Skeleton h={28} w={280} />
          <Skeleton h={96} />
        </Stack>
      </Page>
    );
  }
  return <Loaded job={job.data} />;
}

function Loaded({ job }: { readonly job: ImportJob }) {
  const { slug } = useOrganization();
  const words = stateWords(job);
  const over = isOver(job);
  return (
    <Page>
      <PageHeader
        title={job.fileName}
        beside={<StateBadge {...words}>{words.word}</StateBadge>}
        description={
          <>
            {kindWords[job.kind].title}, {formatBytes(job.fileSize)}, by {job.createdBy},{' '}
            <Instant value={job.createdAt} />
          </>
        }
        actions={
          over ? (
            <LinkButton to="/o/$org/customers/import" params={{ org: slug }} variant="default">
              Import another file
            </LinkButton>
          ) : (
            <StopButton job={job} />
          )
        }
      />
      <Stack gap="lg">
        {!over && (
          <>
            <ImportProgress plain job={job} title={`Importing ${kindWords[job.kind].many}`} />
            <Text size="sm" c="dimmed">
              It goes on without you. Leave this page whenever you like; it is shown at the top until it is done.
            </Text>
          </>
        )}
        {over && <Outcome job={job} />}
        {(over || job.counts.rows > 0) && <ImportCounts job={job} />}
        {over && job.counts.refused > 0 && <RefusedRows job={job} />}
        {job.state === 'done' && <NextSteps job={job} />}
      </Stack>
    </Page>
  );
}

function Outcome({ job }: { readonly job: ImportJob }) {
  if (job.state === 'failed' && job.failure) {
    const words = failureWords(job.failure);
    return (
      <Alert color="red" role="alert" title={words.title}>
        {words.text}
      </Alert>
    );
  }
  const { rows, created, updated, unchanged } = job.counts;
  const { one, many } = kindWords[job.kind];
  if (job.state === 'cancelled') {
    return (
      <Sentence>
        Stopped after <b>{formatCount(rows)}</b> {rows === 1 ? 'row' : 'rows'}. What was written until then stays. The
        same file can be imported again: nothing is doubled.
      </Sentence>
    );
  }
  if (created === 0 && updated === 0 && unchanged > 0) {
    return <Sentence>Everything in this file was here already. Nothing was changed.</Sentence>;
  }
  return (
    <Sentence>
      <b>{formatCount(created)}</b> {created === 1 ? one : many} added
      {updated > 0 && (
        <>
          , <b>{formatCount(updated)}</b> updated
        </>
      )}{' '}
      from {formatCount(rows)} {rows === 1 ? 'row' : 'rows'}.
    </Sentence>
  );
}

function StopButton({ job }: { readonly job: ImportJob }) {
  const { orgId, refusal } = useOrganization();
  const utils = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const cancel = trpc.imports.cancel.useMutation({ onSuccess: () => utils.imports.invalidate() });
  return (
    <Group>
      {job.cancelAsked ? (
        <Button variant="default" disabled>
          Stopping
        </Button>
      ) : (
        <ActionButton reason={refusal('imports.cancel')} variant="default" onClick={() => setAsking(true)}>
          Stop import
        </ActionButton>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Stop this import"
        action="Stop import"
        danger
        onConfirm={() => cancel.mutateAsync({ orgId, importId: job.id })}
      >
        The {formatCount(job.counts.rows)} rows that are done stay; the rest of the file is left out. You can import the
        same file again later, nothing is doubled.
      </ConfirmDialog>
    </Group>
  );
}
