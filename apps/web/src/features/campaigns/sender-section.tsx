import { Button, SimpleGrid, Skeleton, Stack, TextInput } from '@mantine/core';
import { emailAddressSchema, type OrganizationSettings } from '@mini-crm/domain';
import { useState } from 'react';
import { TextLink } from '../../components/links.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import type { Draft } from './draft.ts';
import classes from './sender-section.module.css';

const nothing = { fromName: '', fromEmail: '', replyTo: '' };
const wrong = (address: string) => address !== '' && !emailAddressSchema.safeParse(address).success;

interface SenderSectionProps {
  readonly draft: Pick<Draft, 'sender'>;
  readonly onChange: (change: Pick<Draft, 'sender'>) => void;
  /** What may have a sender of its own: `campaign`, `template`. */
  readonly thing?: string;
}

/** Who it comes from: the organization's sender, unless this one has its own. */
export function SenderSection({ draft, onChange, thing = 'campaign' }: SenderSectionProps) {
  const { orgId, slug } = useOrganization();
  const settings = trpc.organization.get.useQuery({ orgId });
  const organization = settings.data?.sender;
  // Without a sender of the organization the fields are the next thing to do.
  const needed = organization !== undefined && organization.fromEmail === '';
  const [editing, setEditing] = useState(draft.sender !== null);
  const own = draft.sender ?? nothing;
  const set = (change: Partial<typeof own>) => {
    const next = { ...own, ...change };
    const empty = next.fromName === '' && next.fromEmail === '' && next.replyTo === '';
    onChange({ sender: empty ? null : next });
  };
  return (
    <Section
      title="Sender"
      actions={
        !editing &&
        !needed && (
          <Button size="xs" variant="default" onClick={() => setEditing(true)}>
            Change for this {thing}
          </Button>
        )
      }
    >
      <Stack gap="md">
        {editing || needed ? (
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput
              label="From name"
              data-field="sender.fromName"
              placeholder={organization?.fromName}
              value={own.fromName}
              maxLength={100}
              onChange={(event) => set({ fromName: event.currentTarget.value })}
            />
            <TextInput
              label="From address"
              type="email"
              data-field="sender.fromEmail"
              placeholder={organization?.fromEmail || 'news@example.com'}
              value={own.fromEmail}
              maxLength={254}
              onChange={(event) => set({ fromEmail: event.currentTarget.value.trim() })}
              error={wrong(own.fromEmail) && 'This is not an e-mail address.'}
            />
            <TextInput
              label="Replies to"
              type="email"
              data-field="sender.replyTo"
              placeholder={organization?.replyTo || 'the From address'}
              value={own.replyTo}
              maxLength={254}
              onChange={(event) => set({ replyTo: event.currentTarget.value.trim() })}
              error={wrong(own.replyTo) && 'This is not an e-mail address.'}
            />
          </SimpleGrid>
        ) : (
          <SenderLine sender={organization} />
        )}
        {!organization && <Skeleton h={58} w={280} />}
        {organization && (
          <div className={classes.address}>
            <span className={classes.label}>Postal address</span>
            {organization.postalAddress === '' ? (
              <span className={classes.missing}>None yet. Marketing mail has to show one.</span>
            ) : (
              <span className={classes.lines}>{organization.postalAddress.split(/\n+/).join(', ')}</span>
            )}
            <TextLink to="/o/$org/settings" params={{ org: slug }} fz="sm">
              {organization.postalAddress === '' ? 'Add it in the settings' : 'Change it in the settings'}
            </TextLink>
          </div>
        )}
      </Stack>
    </Section>
  );
}

function SenderLine({ sender }: { readonly sender: OrganizationSettings['sender'] | undefined }) {
  if (!sender) return <Skeleton h={21} w={220} />;
  return (
    <p>
      {sender.fromName} <span className={classes.quiet}>&lt;{sender.fromEmail}&gt;</span>
      {sender.replyTo !== '' && <span className={classes.quiet}>, replies to {sender.replyTo}</span>}
    </p>
  );
}
