import { Button, Skeleton, Stack } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { LinkButton } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ReadOnlyNote } from '../../components/read-only-note.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpcClient } from '../../trpc.ts';
import { FileStep } from './file-step.tsx';
import type { ImportSearch } from './import-search.ts';
import { ImportWizard } from './import-wizard.tsx';

interface ImportPageProps {
  readonly search: ImportSearch;
  readonly onSearch: (search: ImportSearch) => void;
}

/** From a file to an import: the file is sent, looked at, mapped and tried before anything is written. */
export function ImportPage({ search, onSearch }: ImportPageProps) {
  const { orgId, slug, refusal } = useOrganization();
  const { upload, delimiter } = search;
  // Read once: a file does not change, and looking into it again with every progress would be work for nothing.
  const inspection = useQuery({
    queryKey: ['import-file', orgId, upload, delimiter],
    queryFn: () => trpcClient.imports.inspect.query({ orgId, uploadId: upload ?? missing(), delimiter }),
    enabled: upload !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const refused = refusal('imports.start');

  return (
    <Page>
      <PageHeader
        title="Import customers or orders"
        actions={
          <LinkButton
            to="/o/$org/imports"
            params={{ org: slug }}
            variant="default"
            leftSection={<IconHistory size={16} stroke={1.7} />}
          >
            Earlier imports
          </LinkButton>
        }
      />
      {refused ? (
        <ReadOnlyNote reason={refused}>Earlier imports can be read.</ReadOnlyNote>
      ) : upload === undefined ? (
        <FileStep onUploaded={({ uploadId }) => onSearch({ upload: uploadId, step: 'columns' })} />
      ) : inspection.error ? (
        <Stack maw={720}>
          <ErrorNotice error={inspection.error} />
          <div>
            <Button variant="default" onClick={() => onSearch({})}>
              Choose another file
            </Button>
          </div>
        </Stack>
      ) : inspection.data ? (
        <ImportWizard
          key={`${upload}${delimiter ?? ''}`}
          inspection={inspection.data}
          step={search.step ?? 'columns'}
          onStep={(step) => onSearch({ ...search, step })}
          onDelimiter={(chosen) => onSearch({ upload, step: 'columns', delimiter: chosen })}
          onOtherFile={() => onSearch({})}
        />
      ) : (
        <Stack gap="xs" aria-busy="true">
          <Skeleton h={20} w={240} />
          <Skeleton h={320} />
        </Stack>
      )}
    </Page>
  );
}

function missing(): never {
  throw new Error('There is no upload to look at.');
}
