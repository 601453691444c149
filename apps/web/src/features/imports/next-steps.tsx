import { Group, Text } from '@mantine/core';
import { LinkButton } from '../../components/links.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import type { ImportJob } from './import-words.ts';

/** What one does after an import: look at the people, bring their orders, build a segment. */
export function NextSteps({ job }: { readonly job: ImportJob }) {
  const { slug, can } = useOrganization();
  const customers = job.kind === 'customers';
  return (
    <Section title="Next">
      <Text size="sm" mb="sm">
        {customers
          ? 'Bring their orders, then choose by what they bought and when.'
          : 'Choose people by what they bought and when, and write to them.'}
      </Text>
      <Group gap="xs">
        {customers && can('imports.start') && (
          <LinkButton to="/o/$org/customers/import" params={{ org: slug }}>
            Import their orders
          </LinkButton>
        )}
        {can('segments.create') && (
          <LinkButton to="/o/$org/segments/new" params={{ org: slug }} variant={customers ? 'default' : 'filled'}>
            Build a segment
          </LinkButton>
        )}
        <LinkButton to="/o/$org/customers" params={{ org: slug }} variant="default">
          See customers
        </LinkButton>
      </Group>
    </Section>
  );
}
