import { Group, SegmentedControl, Switch } from '@mantine/core';
import { templateDataSchema } from '@mini-crm/domain';
import { IconSend } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ActionButton } from '../../../components/action-button.tsx';
import { notifyDone, notifyError } from '../../../components/notify.ts';
import { Section } from '../../../components/section.tsx';
import { useOrganization } from '../../../organization.tsx';
import { trpc } from '../../../trpc.ts';
import { CodeEditor } from '../code-editor.tsx';
import { insertAtCaret } from '../insert-text.ts';
import { MessagePreview } from '../message-preview.tsx';
import classes from '../message-section.module.css';
import { linesOf, plain } from '../message-section.tsx';
import { VariableMenu } from '../variable-menu.tsx';
import type { TemplateDraftProps } from './template-draft.ts';
import { templateFaultWords } from './template-words.ts';
import type { TemplatePreviewState } from './use-template-preview.ts';

type Part = 'design' | 'text' | 'sample';

interface TemplateMessageSectionProps extends TemplateDraftProps {
  readonly preview: TemplatePreviewState;
}

/** The body and its sample data at the left, and at the right the message that they make. */
export function TemplateMessageSection({ draft, onChange, preview }: TemplateMessageSectionProps) {
  const { content } = draft;
  const [part, setPart] = useState<Part>('design');
  const field = useRef<HTMLTextAreaElement>(null);
  const set = (change: Partial<typeof content>) => onChange({ content: { ...content, ...change } });
  const ownText = content.text !== null;
  const source = part === 'design' ? content.mjml : (content.text ?? '');
  const setSource = (value: string) => set(part === 'design' ? { mjml: value } : { text: value });
  const faults = preview.data?.faults ?? [];
  return (
    <Section title="Message">
      <div className={classes.columns}>
        <div className={classes.source}>
          <Group justify="space-between" gap="xs" mb={8} className={classes.toolbar ?? ''}>
            <SegmentedControl
              aria-label="Part of the message"
              value={part}
              onChange={(value) => setPart(value as Part)}
              data={[
                { value: 'design', label: 'Design' },
                { value: 'text', label: 'Plain text' },
                { value: 'sample', label: 'Sample data' },
              ]}
            />
            {part !== 'sample' && (part === 'design' || ownText) && (
              <VariableMenu
                body
                onInsert={(liquid) =>
                  insertAtCaret(field.current, source, part === 'text' ? plain(liquid) : liquid, setSource)
                }
              />
            )}
          </Group>
          {part === 'text' && (
            <Switch
              mb={8}
              label="Write the plain text myself"
              checked={ownText}
              onChange={(event) => set({ text: event.currentTarget.checked ? (preview.data?.textSource ?? '') : null })}
            />
          )}
          {part === 'sample' ? (
            <SampleEditor sample={draft.sample} onChange={(sample) => onChange({ sample })} />
          ) : part === 'text' && !ownText ? (
            <pre className={classes.made}>{preview.data?.message?.text ?? ''}</pre>
          ) : (
            <CodeEditor
              ref={field}
              label={part === 'design' ? 'Design in MJML' : 'Plain text'}
              field={`content.${part === 'design' ? 'mjml' : 'text'}`}
              value={source}
              onChange={setSource}
              faultLines={linesOf(faults, part === 'design' ? 'mjml' : 'text')}
              markup={part === 'design'}
            />
          )}
        </div>
        <MessagePreview
          preview={preview}
          part={part === 'text' ? 'text' : 'design'}
          words={templateFaultWords}
          test={<SendTemplateTest draft={draft} customerId={preview.customerId} />}
        />
      </div>
    </Section>
  );
}

interface SampleEditorProps {
  readonly sample: Record<string, unknown>;
  readonly onChange: (sample: Record<string, unknown>) => void;
}

/** The data of previews and tests as JSON; what is no object of JSON yet is kept here and not saved. */
function SampleEditor({ sample, onChange }: SampleEditorProps) {
  const [text, setText] = useState(() => JSON.stringify(sample, null, 2));
  const [wrong, setWrong] = useState<string | null>(null);
  return (
    <>
      <CodeEditor
        label="Sample data in JSON"
        field="sample"
        value={text}
        markup={false}
        faultLines={noLines}
        onChange={(next) => {
          setText(next);
          const read = readSample(next);
          setWrong(read === null ? 'Not saved yet: this is no object of JSON.' : null);
          if (read !== null) onChange(read);
        }}
      />
      <p role="status" style={{ minHeight: 22, marginTop: 8 }}>
        {wrong ?? 'The template knows these values as data, such as data.order.number.'}
      </p>
    </>
  );
}

const noLines: ReadonlySet<number> = new Set();

function readSample(text: string): Record<string, unknown> | null {
  try {
    return templateDataSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

type TestProps = Pick<TemplateDraftProps, 'draft'> & Pick<TemplatePreviewState, 'customerId'>;

/** Sends the message with the sample's data to oneself. */
function SendTemplateTest({ draft, customerId }: TestProps) {
  const { orgId, me, refusal } = useOrganization();
  const send = trpc.templates.sendTest.useMutation({
    onSuccess: ({ to, outbox }) =>
      notifyDone(outbox ? `Test for ${to} is in the outbox: no SMTP server is configured` : `Test sent to ${to}`),
    onError: notifyError,
  });
  return (
    <ActionButton
      size="xs"
      variant="default"
      leftSection={<IconSend size={15} />}
      reason={refusal('templates.sendTest')}
      loading={send.isPending}
      title={`To ${me.email}`}
      onClick={() => send.mutate({ orgId, draft, customerId })}
    >
      Send test
    </ActionButton>
  );
}
