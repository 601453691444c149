import { Stack } from '@mantine/core';
import { ErrorState } from '../../components/error-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { KeyValues } from '../../components/key-values.tsx';
import { TextLink } from '../../components/links.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { interactionLooks } from './interaction-words.ts';
import classes from './messages.module.css';
import { PanelSkeleton } from './panel-skeleton.tsx';

/** One call, note, visit or ticket: with whom, when, and all that was written down. */
export function InteractionDetails({ id }: { readonly id: string }) {
  const { orgId, slug, zone } = useOrganization();
  const interaction = trpc.messages.interaction.useQuery({ orgId, id }, { retry: false });
  if (interaction.error) {
    return <ErrorState error={interaction.error} onRetry={() => void interaction.refetch()} compact />;
  }
  if (!interaction.data) return <PanelSkeleton />;
  const { type, at, customerId, name, text, by } = interaction.data;
  return (
    <Stack gap="lg">
      <KeyValues
        items={[
          ['Kind', interactionLooks[type].one],
          [
            'With',
            <TextLink key="with" to="/o/$org/customers/$id" params={{ org: slug, id: customerId }}>
              {name || 'A customer'}
            </TextLink>,
          ],
          ['When', <Instant key="at" value={at} zone={zone} />],
          ['Logged by', by ?? 'a program'],
        ]}
      />
      <section>
        <h3 className={classes.heading}>What was written down</h3>
        <p dir="auto" className={classes.text}>
          {text || <span className={classes.dimmed}>Nothing but that it happened</span>}
        </p>
      </section>
    </Stack>
  );
}
