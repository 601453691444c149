import { Button, Group, SegmentedControl, Switch } from '@mantine/core';
import type { CampaignFault } from '@mini-crm/domain';
import { IconTemplate } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Section } from '../../components/section.tsx';
import { CodeEditor } from './code-editor.tsx';
import type { DraftProps } from './draft.ts';
import { insertAtCaret } from './insert-text.ts';
import { MessagePreview } from './message-preview.tsx';
import classes from './message-section.module.css';
import { SendTest } from './send-test.tsx';
import { StarterPicker } from './starter-picker.tsx';
import { useMessagePreview } from './use-message-preview.ts';
import { VariableMenu } from './variable-menu.tsx';

type Part = 'design' | 'text';

/** The body: its source at the left, and at the right how one customer will see it. */
export function MessageSection({ draft, onChange }: DraftProps) {
  const { content } = draft;
  const [part, setPart] = useState<Part>('design');
  const [choosing, setChoosing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const preview = useMessagePreview(draft);
  const set = (change: Partial<typeof content>) => onChange({ content: { ...content, ...change } });
  const faults = preview.data?.faults ?? [];
  const ownText = content.text !== null;
  const source = part === 'design' ? content.mjml : (content.text ?? '');
  const setSource = (value: string) => set(part === 'design' ? { mjml: value } : { text: value });

  return (
    <Section
      title="Message"
      actions={
        <Button size="xs" variant="default" leftSection={<IconTemplate size={15} />} onClick={() => setChoosing(true)}>
          Start from a template
        </Button>
      }
    >
      <div className={classes.columns}>
        <div className={classes.source}>
          <Group justify="space-between" gap="xs" mb={8} className={classes.toolbar ?? ''}>
            <SegmentedControl
              aria-label="Part of the message"
              value={part}
              onChange={(value) => setPart(value as Part)}
              data={[
                { value: 'design', label: 'Design (MJML)' },
                { value: 'text', label: 'Plain text' },
              ]}
            />
            {(part === 'design' || ownText) && (
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
          {part === 'text' && !ownText ? (
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
          part={part}
          test={<SendTest draft={draft} customerId={preview.customerId} />}
        />
      </div>
      <StarterPicker
        opened={choosing}
        onClose={() => setChoosing(false)}
        draft={draft}
        onChoose={(change) => set({ ...change, text: null })}
      />
    </Section>
  );
}

/** A link of HTML as plain text has it. */
export const plain = (liquid: string): string => liquid.replace(/<a href="([^"]*)">([^<]*)<\/a>/, '$2: $1');

/** The faulty lines of a part. */
export const linesOf = (
  faults: readonly Pick<CampaignFault, 'path' | 'details'>[],
  part: string,
): ReadonlySet<number> =>
  new Set(
    faults.flatMap(({ path, details }) =>
      path[1] === part && typeof details?.line === 'number' ? [details.line] : [],
    ),
  );
