import { Button, Group, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import type { CustomerId, InteractionType, interactionTypes } from '@mini-crm/domain';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { notifyDone } from '../../../components/notify.ts';
import { useOrganization } from '../../../organization.tsx';
import { trpc } from '../../../trpc.ts';
import { toLocalText } from '../attribute-draft.ts';
import classes from './profile.module.css';

const names: Record<InteractionType, string> = { note: 'Note', call: 'Call', visit: 'Visit', ticket: 'Ticket' };
const prompts: Record<InteractionType, string> = {
  note: 'Write a note …',
  call: 'What was the call about?',
  visit: 'What happened at the visit?',
  ticket: 'What is the ticket about?',
};

/** Writes down what happened, at the top of the timeline. It is of this moment unless another is given. */
export function LogInteraction({ customerId }: { readonly customerId: CustomerId }) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const [type, setType] = useState<InteractionType>('note');
  const [text, setText] = useState('');
  const [at, setAt] = useState<string | null>(null);
  const log = trpc.customers.logInteraction.useMutation({
    onSuccess: () => {
      notifyDone(`${names[type]} logged`);
      setText('');
      setAt(null);
      return utils.customers.timeline.invalidate({ orgId, customerId });
    },
  });
  const open = text !== '' || at !== null;

  function save(event: FormEvent | KeyboardEvent) {
    event.preventDefault();
    if (text.trim() === '' || log.isPending) return;
    const instant = at === null ? new Date() : new Date(Math.min(new Date(at).getTime(), Date.now()));
    if (Number.isNaN(instant.getTime())) return;
    log.mutate({ orgId, customerId, type, at: instant.toISOString(), text: text.trim() });
  }

  return (
    <form className={classes.log} onSubmit={save}>
      <Stack gap="xs">
        <SegmentedControl
          aria-label="Kind of interaction"
          value={type}
          onChange={(value) => setType(value as InteractionType)}
          data={(['note', 'call', 'visit', 'ticket'] satisfies (typeof interactionTypes)[number][]).map((value) => ({
            value,
            label: names[value],
          }))}
          style={{ alignSelf: 'flex-start' }}
        />
        <Textarea
          aria-label={prompts[type]}
          placeholder={prompts[type]}
          autosize
          minRows={1}
          maxRows={10}
          maxLength={5000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && save(event)}
        />
        {open && (
          <Group justify="space-between" gap="xs">
            {at === null ? (
              <Button variant="subtle" color="gray" size="xs" ml={-10} onClick={() => setAt(toLocalText(new Date()))}>
                Just now · change
              </Button>
            ) : (
              <TextInput
                type="datetime-local"
                aria-label="When it happened"
                size="xs"
                max={toLocalText(new Date())}
                value={at}
                onChange={(event) => setAt(event.currentTarget.value)}
              />
            )}
            <Button type="submit" size="xs" loading={log.isPending} disabled={text.trim() === ''}>
              Log {names[type].toLowerCase()}
            </Button>
          </Group>
        )}
        <ErrorNotice error={log.error} />
      </Stack>
    </form>
  );
}
