import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { organizationNameSchema } from '@mini-crm/domain';
import { useNavigate } from '@tanstack/react-router';
import { z } from 'zod';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { formErrors } from '../../components/form-errors.ts';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

const schema = z.object({ organizationName: organizationNameSchema });

/** A further organization: its customers, segments and members are apart from all others. */
export function NewOrganizationPage() {
  const { zone, currency } = useOrganization();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const create = trpc.accounts.createOrganization.useMutation({
    onSuccess: async ({ slug }) => {
      await utils.accounts.me.fetch(undefined, { staleTime: 0 });
      await navigate({ to: '/o/$org', params: { org: slug } });
    },
  });
  const form = useForm({
    initialValues: { organizationName: '' },
    validate: (values) => formErrors(schema, values, { organizationName: 'Enter the name of the company or team.' }),
  });
  return (
    <Section
      title="New organization"
      description="With customers, segments, campaigns and members of its own. You become its owner."
    >
      <form noValidate onSubmit={form.onSubmit((values) => create.mutate({ ...values, timeZone: zone, currency }))}>
        <Stack gap="md">
          <TextInput label="Name" autoFocus autoComplete="organization" {...form.getInputProps('organizationName')} />
          <ErrorNotice error={create.error} />
        </Stack>
        <FormActions>
          <Button type="submit" loading={create.isPending}>
            Create organization
          </Button>
        </FormActions>
      </form>
    </Section>
  );
}
