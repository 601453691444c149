import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import type { ImportId, StartImport } from '@mini-crm/domain';
import { useEffect, useRef } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { ImportCounts } from './import-counts.tsx';
import { ImportProgress } from './import-progress.tsx';
import { failureWords, type ImportJob, isOver, kindWords } from './import-words.ts';
import { RefusedRows } from './refused-rows.tsx';

interface CheckStepProps {
  readonly start: StartImport;
  /** The dry run of these very decisions, once there is one. */
  readonly job: ImportJob | undefined;
  readonly checking: boolean;
  readonly onChecking: (importId: ImportId) => void;
}

/** A dry run over the whole file: what will happen, before it does. */
export function CheckStep({ start, job, checking, onChecking }: CheckStepProps) {
  const { orgId } = useOrganization();
  const dryRun = trpc.imports.start.useMutation();
  const asked = useRef(false);

  function check() {
    dryRun.mutate({ orgId, ...start, dryRun: true }, { onSuccess: ({ importId }) => onChecking(importId) });
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step itself is the question; it is asked once
  useEffect(() => {
    if (checking || asked.current) return;
    asked.current = true;
    check();
  }, []);

  if (dryRun.error) {
    return (
      <Stack>
        <ErrorNotice error={dryRun.error} />
        <div>
          <Button variant="default" onClick={check}>
            Check again
          </Button>
        </div>
      </Stack>
    );
  }
  if (!job || !isOver(job)) return <ImportProgress job={job} title="Checking every row" />;
  if (job.state === 'failed' && job.failure) {
    const words = failureWords(job.failure);
    return (
      <Alert color="red" role="alert" title={words.title}>
        {words.text}
      </Alert>
    );
  }
  return (
    <Stack gap="lg">
      <div>
        <Title order={2}>This is what will happen</Title>
        <Text c="dimmed" size="sm">
          Every row of the file was read and compared with what is here. Nothing is written yet.
        </Text>
      </div>
      <ImportCounts job={job} planned />
      {job.counts.refused > 0 && <RefusedRows job={job} />}
      {job.counts.rows === job.counts.refused && (
        <Alert color="amber" title={`No ${kindWords[job.kind].one} can be imported like this`}>
          Look at the reasons above; mostly a column goes to the wrong place, or a date or amount is written in another
          way than chosen.
        </Alert>
      )}
    </Stack>
  );
}
