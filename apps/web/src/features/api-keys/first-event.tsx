import { Anchor, Button, CopyButton, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { Section } from '../../components/section.tsx';
import classes from './api-keys.module.css';

/** How a program sends its first event: a command that works as it stands, once a key is in it. */
export function FirstEvent() {
  const base = `${window.location.origin}/api/v1`;
  const command = [
    `curl ${base}/events \\`,
    "  -H 'Authorization: Bearer YOUR_KEY' \\",
    "  -H 'Content-Type: application/json' \\",
    "  -d '{",
    '    "events": [{',
    '      "id": "cart-1001",',
    '      "type": "added_to_cart",',
    '      "at": "2026-11-20T09:30:00Z",',
    '      "customer": { "email": "ann@example.com" },',
    '      "properties": { "product": "Kenya AA", "price": 14.5 }',
    '    }]',
    "  }'",
  ].join('\n');
  return (
    <Section
      title="Send a first event"
      description="By batches of up to 1,000. The same event again changes nothing, so a program may repeat what it is not sure of."
    >
      <Stack gap="sm">
        <div className={classes.code}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard */}
          <pre tabIndex={0}>{command}</pre>
          <CopyButton value={command} timeout={2000}>
            {({ copied, copy }) => (
              <Button
                className={classes.copy}
                size="xs"
                variant="subtle"
                onClick={copy}
                leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              >
                <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
              </Button>
            )}
          </CopyButton>
        </div>
        <Text size="sm" c="dimmed">
          Customers, orders and refunds go to <code>/customers</code>, <code>/orders</code> and <code>/refunds</code>.
          Everything that the API takes and answers is described in{' '}
          <Anchor href={`${base}/openapi.json`} target="_blank" rel="noreferrer" inherit underline="always">
            its OpenAPI document
          </Anchor>
          , which most languages can make a client from.
        </Text>
      </Stack>
    </Section>
  );
}
