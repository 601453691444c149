import { Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { type CampaignPurpose, templateSlugSchema, trackedByDefault } from '@mini-crm/domain';
import { useState } from 'react';
import { Section } from '../../../components/section.tsx';
import type { TemplateDraftProps } from './template-draft.ts';
import { purposeWords } from './template-words.ts';

interface SettingsSectionProps extends TemplateDraftProps {
  readonly published: boolean;
}

/** What programs name it by, what it is for, and whether opens and clicks are noted. */
export function SettingsSection({ draft, onChange, published }: SettingsSectionProps) {
  const { slug, purpose, tracked } = draft;
  const [typed, setTyped] = useState(slug);
  const wrong = !templateSlugSchema.safeParse(typed).success;
  return (
    <Section title="How it is used">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <TextInput
          label="Name for programs"
          description={
            published
              ? 'Programs send by this name, so it stays.'
              : 'Programs send by this name. It can be changed until the template is published.'
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data-field="slug"
          value={typed}
          readOnly={published}
          maxLength={60}
          error={wrong && 'Lower-case letters, digits and single hyphens.'}
          onChange={(event) => {
            const next = event.currentTarget.value.trim();
            setTyped(next);
            if (templateSlugSchema.safeParse(next).success) onChange({ slug: next });
          }}
        />
        <Select
          label="Purpose"
          description={purposeWords[purpose].text}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={(['service', 'marketing'] as const).map((value) => ({ value, label: purposeWords[value].label }))}
          value={purpose}
          allowDeselect={false}
          onChange={(value) => {
            const next = value as CampaignPurpose;
            onChange({ purpose: next, tracked: trackedByDefault(next) });
          }}
        />
      </SimpleGrid>
      <Switch
        mt="md"
        label="Note opens and clicks"
        description="Links lead over this server then, and a picture that nobody sees is loaded with the message."
        checked={tracked}
        onChange={(event) => onChange({ tracked: event.currentTarget.checked })}
      />
    </Section>
  );
}
