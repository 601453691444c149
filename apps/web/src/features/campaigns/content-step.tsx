import { Stack } from '@mantine/core';
import type { DraftProps } from './draft.ts';
import { MessageSection } from './message-section.tsx';
import { SenderSection } from './sender-section.tsx';
import { SubjectSection } from './subject-section.tsx';

/** The message: who it comes from, its subject, and its body with a preview beside it. */
export function ContentStep({ draft, onChange }: DraftProps) {
  return (
    <Stack gap="md">
      <SenderSection draft={draft} onChange={onChange} />
      <SubjectSection draft={draft} onChange={onChange} />
      <MessageSection draft={draft} onChange={onChange} />
    </Stack>
  );
}
