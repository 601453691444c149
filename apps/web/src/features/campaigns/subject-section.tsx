import { Stack, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { Section } from '../../components/section.tsx';
import type { Draft } from './draft.ts';
import { insertAtCaret } from './insert-text.ts';
import { VariableMenu } from './variable-menu.tsx';

interface LineFieldProps {
  readonly label: string;
  readonly description: string;
  readonly field: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

interface SubjectSectionProps {
  readonly draft: Pick<Draft, 'content'>;
  readonly onChange: (change: Pick<Draft, 'content'>) => void;
}

/** What a mail program lists: subject and preheader. */
export function SubjectSection({ draft: { content }, onChange }: SubjectSectionProps) {
  const set = (change: Partial<typeof content>) => onChange({ content: { ...content, ...change } });
  return (
    <Section title="In the inbox">
      <Stack gap="md">
        <LineField
          label="Subject"
          description={lengthWords(content.subject)}
          field="content.subject"
          value={content.subject}
          onChange={(subject) => set({ subject })}
        />
        <LineField
          label="Preheader"
          description="Shown behind the subject in the inbox. Left empty, the beginning of the message stands there."
          field="content.preheader"
          value={content.preheader}
          onChange={(preheader) => set({ preheader })}
        />
      </Stack>
    </Section>
  );
}

function LineField({ label, description, field, value, onChange }: LineFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <TextInput
      ref={input}
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data-field={field}
      value={value}
      maxLength={300}
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSection={<VariableMenu onInsert={(liquid) => insertAtCaret(input.current, value, liquid, onChange)} />}
      rightSectionPointerEvents="all"
    />
  );
}

// Phones show about so many characters of a subject.
const shown = 50;

function lengthWords(subject: string): string {
  if (subject === '') return `Phones show the first ${shown} characters.`;
  const length = [...subject.replace(/\{\{.*?\}\}/g, 'xxxxxx')].length;
  if (length <= shown) return `About ${length} characters. Phones show the first ${shown}.`;
  return `About ${length} characters: phones will cut it after ${shown}.`;
}
