import { Alert, Group, SegmentedControl, Skeleton } from '@mantine/core';
import type { CampaignFault } from '@mini-crm/domain';
import { IconAlertTriangle, IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { useIsPhone } from '../../components/use-is-phone.ts';
import { faultWords } from './campaign-words.ts';
import { MailFrame } from './mail-frame.tsx';
import classes from './message-preview.module.css';
import { PreviewCustomer } from './preview-customer.tsx';
import type { MessagePreviewState, PreviewAnswer } from './use-message-preview.ts';

interface MessagePreviewProps {
  readonly preview: Omit<MessagePreviewState, 'data'> & { readonly data: Shown | undefined };
  readonly part: 'design' | 'text';
  /** The button that sends it to oneself. */
  readonly test: ReactNode;
  readonly words?: (fault: CampaignFault) => string;
}

type Shown = Pick<PreviewAnswer, 'customer' | 'message' | 'preheader'> & {
  readonly faults: readonly Pick<PreviewAnswer['faults'][number], 'code' | 'path' | 'details'>[];
};

type Device = 'desktop' | 'mobile';

/** How one customer will see the message, at the width of a desk or of a phone. */
export function MessagePreview({ preview, part, test, words = faultWords }: MessagePreviewProps) {
  const [device, setDevice] = useState<Device>(useIsPhone() ? 'mobile' : 'desktop');
  const { data, error } = preview;
  return (
    <section className={classes.preview} aria-label="Preview">
      <Group justify="space-between" gap="xs" mb={8}>
        <PreviewCustomer shown={data?.customer} value={preview.customerId} onChange={preview.setCustomerId} />
        <Group gap={8}>
          <SegmentedControl
            aria-label="Width of the preview"
            value={device}
            onChange={(value) => setDevice(value as Device)}
            data={[
              { value: 'desktop', label: <DeviceLabel device="desktop" /> },
              { value: 'mobile', label: <DeviceLabel device="mobile" /> },
            ]}
          />
          {test}
        </Group>
      </Group>
      {!data && !error ? (
        <Skeleton h={556} radius="md" />
      ) : error && !data ? (
        <ErrorState compact error={error} onRetry={preview.refetch} />
      ) : (
        <>
          {data && data.faults.length > 0 && <Faults faults={data.faults as readonly CampaignFault[]} words={words} />}
          <div className={preview.stale ? classes.stale : undefined}>
            {data?.message && (
              <div className={classes.inbox}>
                <span className={classes.subject}>{data.message.subject || '(no subject)'}</span>
                <span className={classes.preheader}>{data.preheader}</span>
              </div>
            )}
            {part === 'design' ? (
              <MailFrame html={data?.message?.html ?? ''} width={device === 'desktop' ? 680 : 375} />
            ) : (
              <pre className={classes.plain}>{data?.message?.text ?? ''}</pre>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function DeviceLabel({ device }: { readonly device: Device }) {
  const Icon = device === 'desktop' ? IconDeviceDesktop : IconDeviceMobile;
  return (
    <span className={classes.device}>
      <Icon size={16} stroke={1.7} aria-label={device === 'desktop' ? 'Desktop' : 'Phone'} />
    </span>
  );
}

interface FaultsProps {
  readonly faults: readonly CampaignFault[];
  readonly words: (fault: CampaignFault) => string;
}

function Faults({ faults, words }: FaultsProps) {
  return (
    <Alert color="red" mb={8} role="status" icon={<IconAlertTriangle size={18} stroke={1.7} />}>
      {faults.map((fault) => (
        <div key={`${fault.code}${fault.path.join('.')}${JSON.stringify(fault.details ?? '')}`}>{words(fault)}</div>
      ))}
    </Alert>
  );
}
