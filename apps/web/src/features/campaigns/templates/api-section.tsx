import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { TextLink } from '../../../components/links.tsx';
import { Section } from '../../../components/section.tsx';
import { useOrganization } from '../../../organization.tsx';
import type { Outputs } from '../../../trpc.ts';
import classes from './api-section.module.css';
import type { TemplateDraftInput } from './template-draft.ts';

interface ApiSectionProps {
  readonly draft: TemplateDraftInput;
  readonly fields: Outputs['templates']['preview']['fields'];
}

/** What a program has to send, and how. */
export function ApiSection({ draft, fields }: ApiSectionProps) {
  const { slug } = useOrganization();
  const example = exampleOf(draft);
  return (
    <Section
      title="Send by a program"
      actions={
        <CopyButton value={example} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
              onClick={copy}
            >
              <span aria-live="polite">{copied ? 'Copied' : 'Copy example'}</span>
            </Button>
          )}
        </CopyButton>
      }
    >
      <div className={classes.columns}>
        <div>
          {fields.length === 0 ? (
            <p className={classes.quiet}>The message asks for no data of a program.</p>
          ) : (
            <ul className={classes.fields} aria-label="Data">
              {fields.map(({ name, required }) => (
                <li key={name} className={classes.field}>
                  <code>data.{name}</code>
                  <span className={classes.quiet}>{required ? 'required' : 'optional'}</span>
                </li>
              ))}
            </ul>
          )}
          <p className={classes.note}>
            It needs an{' '}
            <TextLink to="/o/$org/settings/api-keys" params={{ org: slug }}>
              API key
            </TextLink>{' '}
            that may send messages. The same <code>Idempotency-Key</code> again sends nothing for a day.
          </p>
        </div>
        <pre className={classes.code}>{example}</pre>
      </div>
    </Section>
  );
}

function exampleOf({ slug, sample }: TemplateDraftInput): string {
  const body = JSON.stringify({ templateSlug: slug, to: { email: 'ann@example.com' }, data: sample }, null, 2);
  return [
    `curl ${window.location.origin}/api/v1/messages \\`,
    '  -H "Authorization: Bearer $MINI_CRM_KEY" \\',
    '  -H "Idempotency-Key: order-1042-receipt" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${body.replaceAll("'", "'\\''")}'`,
  ].join('\n');
}
