import { Skeleton, Tabs } from '@mantine/core';
import { IconArrowLeft, IconMail } from '@tabler/icons-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { KeyValues } from '../../components/key-values.tsx';
import { TextLink } from '../../components/links.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import classes from './outbox.module.css';

type Message = Outputs['outbox']['get'];

interface OutboxMessageProps {
  readonly messageId: string | undefined;
  readonly onBack: () => void;
}

/** One message as its reader's mail program would show it. */
export function OutboxMessage({ messageId, onBack }: OutboxMessageProps) {
  const { orgId } = useOrganization();
  const message = trpc.outbox.get.useQuery({ orgId, id: messageId ?? '' }, { enabled: messageId !== undefined });
  return (
    <article className={classes.message} aria-label="Message">
      {messageId !== undefined && (
        <button type="button" className={classes.back} onClick={onBack}>
          <IconArrowLeft size={16} stroke={1.7} aria-hidden /> All messages
        </button>
      )}
      {messageId === undefined ? (
        <EmptyState icon={IconMail} title="Choose a message" compact>
          It opens here as its reader would see it.
        </EmptyState>
      ) : message.error ? (
        <ErrorState error={message.error} onRetry={() => message.refetch()} compact />
      ) : message.data ? (
        <Content message={message.data} />
      ) : (
        <div className={classes.head}>
          <Skeleton h={20} w="70%" mb={12} />
          <Skeleton h={12} w="50%" mb={8} />
          <Skeleton h={12} w="40%" />
        </div>
      )}
    </article>
  );
}

function Content({ message }: { readonly message: Message }) {
  const { slug } = useOrganization();
  return (
    <>
      <header className={classes.head}>
        <h2>{message.subject || 'No subject'}</h2>
        <p>
          From <strong>{message.from}</strong>
        </p>
        <p>
          To{' '}
          {message.customerId ? (
            <TextLink to="/o/$org/customers/$id" params={{ org: slug, id: message.customerId }}>
              {message.to}
            </TextLink>
          ) : (
            <strong>{message.to}</strong>
          )}
          {' · '}
          <Instant value={message.at} />
          {message.campaign && (
            <>
              {' · '}
              <TextLink to="/o/$org/campaigns/$id" params={{ org: slug, id: message.campaign.id }}>
                {message.campaign.name}
              </TextLink>
            </>
          )}
        </p>
      </header>
      <Tabs defaultValue="html" keepMounted={false} className={classes.tabs}>
        <Tabs.List>
          <Tabs.Tab value="html">Message</Tabs.Tab>
          <Tabs.Tab value="text">Plain text</Tabs.Tab>
          <Tabs.Tab value="headers">Headers</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="html">
          <MessageFrame html={message.html} />
        </Tabs.Panel>
        <Tabs.Panel value="text">
          <pre className={classes.text}>{message.text}</pre>
        </Tabs.Panel>
        <Tabs.Panel value="headers">
          <div className={classes.headers}>
            <KeyValues items={headerLines(message)} />
          </div>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** Without scripts and without a way into the app; a link opens in a tab of its own, as in a mail program, and counts. */
function MessageFrame({ html }: { readonly html: string }) {
  return (
    <iframe
      title="Message"
      className={classes.frame}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={html.replace(/<head\b[^>]*>/i, (head) => `${head}<base target="_blank">`)}
    />
  );
}

function headerLines({ id, from, to, replyTo, subject, headers }: Message) {
  const replies: [string, string][] = replyTo ? [['Reply-To', replyTo]] : [];
  return [
    ['From', from],
    ['To', to],
    ...replies,
    ['Subject', subject],
    ['Message-ID', `<${id}>`],
    ...Object.entries(headers),
  ] as [string, string][];
}
