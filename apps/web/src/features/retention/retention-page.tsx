import { Button, Group, NumberInput, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { formatExactInstant } from '../../components/format-instant.ts';
import { notifyDone } from '../../components/notify.ts';
import { ReadOnlyNote } from '../../components/read-only-note.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import { ConfirmShorter } from './confirm-shorter.tsx';
import { LastRounds } from './last-rounds.tsx';

const leastDays = 30;
const mostDays = 3650;

/** How long messages are kept, what goes when, and what was removed. */
export function RetentionPage() {
  const { orgId } = useOrganization();
  const settings = trpc.retention.get.useQuery(
    { orgId },
    { refetchInterval: ({ state }) => (state.data?.rounds[0]?.finishedAt === null ? 5_000 : false) },
  );
  if (settings.error && !settings.data) return <ErrorState error={settings.error} onRetry={() => settings.refetch()} />;
  if (!settings.data) return null;
  return (
    <Stack gap="md">
      <RetentionForm key={`${orgId} ${settings.data.messagesDays}`} settings={settings.data} />
      <WhatGoes cappedDays={settings.data.cappedDays} />
      <LastRounds rounds={settings.data.rounds} />
    </Stack>
  );
}

function RetentionForm({ settings }: { readonly settings: Outputs['retention']['get'] }) {
  const { orgId, zone, refusal } = useOrganization();
  const utils = trpc.useUtils();
  const current = settings.messagesDays;
  const [isForEver, setForEver] = useState(current === null);
  const [days, setDays] = useState<number | string>(current ?? 365);
  const [asking, setAsking] = useState(false);
  const set = trpc.retention.set.useMutation({
    onSuccess: async () => {
      notifyDone('Retention saved');
      await utils.retention.get.invalidate({ orgId });
    },
  });
  const readOnly = refusal('retention.set');
  const isValid = isForEver || (typeof days === 'number' && days >= leastDays && days <= mostDays);
  const chosen = isForEver ? null : Number(days);
  const isLess = chosen !== null && (current === null || chosen < current);
  const save = () => set.mutateAsync({ orgId, messagesDays: chosen });
  return (
    <Section title="Retention" description="How long the messages of the communication log are kept.">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isLess) setAsking(true);
          else void save().catch(() => undefined);
        }}
      >
        <Stack gap="md">
          <ReadOnlyNote reason={readOnly}>You can read what is set.</ReadOnlyNote>
          <Radio.Group
            aria-label="How long messages are kept"
            value={isForEver ? 'ever' : 'days'}
            onChange={(value) => !readOnly && setForEver(value === 'ever')}
          >
            <Stack gap="sm">
              <Radio value="ever" label="For ever" disabled={readOnly !== null} />
              <Radio value="days" label="For a number of days" disabled={readOnly !== null} />
            </Stack>
          </Radio.Group>
          {!isForEver && (
            <NumberInput
              label="Days"
              description="A campaign counts from its last message, a transactional message from when it was sent."
              value={days}
              onChange={setDays}
              min={leastDays}
              max={mostDays}
              clampBehavior="none"
              allowDecimal={false}
              w={260}
              readOnly={readOnly !== null}
              error={isValid ? null : `Enter ${leastDays} to ${mostDays.toLocaleString('en')} days.`}
            />
          )}
          {settings.startsAt && (
            <p style={{ margin: 0 }}>
              Nothing is removed before {formatExactInstant(settings.startsAt, { zone })}. Until then you can still
              change it.
            </p>
          )}
          {readOnly === null && (
            <Group>
              <Button type="submit" disabled={!isValid || chosen === current} loading={set.isPending}>
                Save retention
              </Button>
            </Group>
          )}
          <ErrorNotice error={set.error} />
        </Stack>
      </form>
      {asking && chosen !== null && (
        <ConfirmShorter messagesDays={chosen} onClose={() => setAsking(false)} onConfirm={save} />
      )}
    </Section>
  );
}

function WhatGoes({ cappedDays }: { readonly cappedDays: number | null }) {
  return (
    <Section title="What is removed">
      <Stack gap="sm">
        <p style={{ margin: 0 }}>
          <strong>Goes:</strong> the messages of a campaign, all at once, when its last one is older than that;
          transactional messages with the data that they were made of; copies in the outbox. Once they are gone, they
          can’t be brought back, and a campaign can’t be sent again to those who did not get it.
        </p>
        <p style={{ margin: 0 }}>
          <strong>Stays:</strong> reports, with all their figures as they were; customers with their consents; calls,
          notes, visits and tickets; orders and events; who unsubscribed or bounced. Backups that were made before keep
          what was in them.
        </p>
        <p style={{ margin: 0 }}>
          <strong>Changes:</strong> segments that ask who was sent, opened or clicked something see only the messages
          that are left. A campaign that still sends, or is paused, keeps its messages until it is over.
        </p>
        {cappedDays !== null && (
          <p style={{ margin: 0 }}>
            Your frequency cap counts the messages of the last days, so at least {cappedDays} days are kept, whatever
            stands above.
          </p>
        )}
      </Stack>
    </Section>
  );
}
