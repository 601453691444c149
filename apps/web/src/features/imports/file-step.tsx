import { Button, Stack, Text } from '@mantine/core';
import { type ImportKind, sampleFile } from '@mini-crm/domain';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { formatBytes, formatPercent } from '../../components/format-number.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import classes from './imports.module.css';
import { tooLarge, type UploadedFile, uploadFile } from './upload-file.ts';

interface FileStepProps {
  readonly onUploaded: (file: UploadedFile) => void;
}

/** The first step: a file is dropped and sent. */
export function FileStep({ onUploaded }: FileStepProps) {
  const { orgId } = useOrganization();
  const limits = trpc.imports.limits.useQuery({ orgId }, { staleTime: Number.POSITIVE_INFINITY });
  const [sending, setSending] = useState<{ readonly file: File; readonly share: number } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const maxBytes = limits.data?.maxBytes;

  async function send(file: File) {
    setError(maxBytes !== undefined && file.size > maxBytes ? tooLarge(maxBytes) : null);
    if (maxBytes !== undefined && file.size > maxBytes) return;
    stop.current = new AbortController();
    setSending({ file, share: 0 });
    try {
      onUploaded(await uploadFile(orgId, file, (share) => setSending({ file, share }), stop.current.signal));
    } catch (refused) {
      if (!(refused instanceof DOMException)) setError(refused);
    } finally {
      setSending(null);
    }
  }

  return (
    <div className={classes.fileStep}>
      <Stack gap="md">
        <ErrorNotice error={error} />
        {sending ? (
          <div className={classes.sending} role="status">
            <Text fw={500}>{sending.file.name}</Text>
            <ProgressBar label={`Sending ${sending.file.name}`} value={sending.share} total={1} />
            <div className={classes.sendingRow}>
              <Text size="sm" c="dimmed">
                {sending.share < 1
                  ? `${formatPercent(sending.share)} of ${formatBytes(sending.file.size)} sent`
                  : 'Sent, the server looks at the last bytes'}
              </Text>
              <Button size="xs" variant="default" onClick={() => stop.current?.abort()}>
                Stop sending
              </Button>
            </div>
          </div>
        ) : (
          <FileDrop
            title="Drop a CSV file here, or choose one"
            hint={`Customers or orders, in UTF-8${maxBytes ? `, up to ${formatBytes(maxBytes)}` : ''}. Commas, semicolons and tabs are all fine.`}
            onFile={(file) => void send(file)}
            onRefuse={([refused]) => refused && void send(refused.file)}
          />
        )}
      </Stack>
      <Section title="What a file looks like">
        <Stack gap="sm">
          <Text size="sm">
            The first line names the columns, each line below it is one customer or one order. Import customers first:
            an order belongs to a customer, by id or e-mail.
          </Text>
          <Text size="sm">
            Nothing is written before you have seen what will happen. Importing the same file twice changes nothing.
          </Text>
          <div className={classes.samples}>
            <Sample kind="customers" />
            <Sample kind="orders" />
          </div>
        </Stack>
      </Section>
    </div>
  );
}

function Sample({ kind }: { readonly kind: ImportKind }) {
  const download = () => {
    const { name, text } = sampleFile(kind);
    const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Button size="xs" variant="default" leftSection={<IconDownload size={14} />} onClick={download}>
      Sample of {kind}
    </Button>
  );
}
