import {
  IconArrowBackUp,
  IconBolt,
  IconMail,
  IconMapPin,
  IconNote,
  IconPhone,
  IconShoppingBag,
  IconTicket,
} from '@tabler/icons-react';
import { TextLink } from '../../../components/links.tsx';
import { Money } from '../../../components/numbers.tsx';
import type { TimelineItem } from '../../../components/timeline.tsx';
import type { Tone } from '../../../components/tone.ts';
import type { Outputs } from '../../../trpc.ts';
import { messageWords } from './message-words.ts';
import { OrderLines } from './order-lines.tsx';
import classes from './profile.module.css';
import { PropertyValue } from './property-value.tsx';

type Happened = Outputs['customers']['timeline']['items'][number];
type Event = Extract<Happened, { kind: 'event' }>;
/** What the organization calls its events and what they carry. */
export type EventNames = Outputs['eventTypes']['list'];
type Message = Extract<Happened, { kind: 'message' }>;

const looks: Readonly<Record<string, { icon: TimelineItem['icon']; tone: Tone; words: string }>> = {
  order: { icon: IconShoppingBag, tone: 'success', words: 'Order' },
  refund: { icon: IconArrowBackUp, tone: 'warning', words: 'Refund' },
  call: { icon: IconPhone, tone: 'accent', words: 'Call' },
  note: { icon: IconNote, tone: 'neutral', words: 'Note' },
  visit: { icon: IconMapPin, tone: 'accent', words: 'Visit' },
  ticket: { icon: IconTicket, tone: 'accent', words: 'Ticket' },
};

/** One thing that happened as the timeline shows it. */
export function timelineItem(item: Happened, org: string, catalogue?: EventNames): TimelineItem {
  return item.kind === 'event' ? eventItem(item, catalogue) : messageItem(item, org);
}

function eventItem(event: Event, catalogue: EventNames | undefined): TimelineItem {
  const look = looks[event.type] ?? { icon: IconBolt, tone: 'neutral', words: readable(event.type) };
  const named = catalogue?.types.find(({ type, isNamed }) => isNamed && type === event.type)?.label;
  const nameOf = (name: string) => catalogue?.properties.find((one) => one.name === name)?.label ?? readable(name);
  const { text, ...rest } = event.properties as Record<string, string | number | boolean>;
  return {
    id: event.id,
    at: event.at,
    icon: look.icon,
    tone: look.tone,
    title: (
      <>
        {named ?? look.words}
        {event.eventId && (event.type === 'order' || event.type === 'refund') && (
          <span style={{ color: 'var(--mantine-color-dimmed)' }}> {event.eventId.replace(/^refund:/, '')}</span>
        )}
        {event.total !== null && event.currency !== null && (
          <>
            {' · '}
            <Money amount={event.total} currency={event.currency} fw={500} />
          </>
        )}
        {event.by && <span style={{ color: 'var(--mantine-color-dimmed)' }}> by {event.by}</span>}
      </>
    ),
    body: (
      <>
        {text !== undefined && <div dir="auto">{String(text)}</div>}
        {event.lines.length > 0 && <OrderLines lines={event.lines} currency={event.currency} />}
        {Object.entries(rest).map(([name, value]) => (
          <div key={name} dir="auto" className={classes.property}>
            {nameOf(name)}: <PropertyValue value={value} />
          </div>
        ))}
      </>
    ),
  };
}

function messageItem(message: Message, org: string): TimelineItem {
  const { tone, words } = messageWords(message);
  const { template, campaignName } = message;
  const href: string = template ? `/o/${org}/templates/${template.id}` : `/o/${org}/campaigns/${message.campaignId}`;
  const known = template ? template.name : campaignName;
  const name = known ?? (template ? 'a template that was deleted' : 'a campaign that was deleted');
  return {
    id: message.id,
    at: message.at,
    icon: IconMail,
    tone,
    title: (
      <>
        {message.channel === 'email' ? 'E-mail' : 'SMS'} ·{' '}
        {known === null ? name : <TextLink to={href}>{name}</TextLink>}
      </>
    ),
    body: (
      <>
        {words}
        {(message.state === 'sent' || message.state === 'unknown') && (
          <>
            {' '}
            <TextLink to="/o/$org/messages" params={{ org }} search={{ message: message.id }}>
              Show message
            </TextLink>
          </>
        )}
      </>
    ),
  };
}

/** `page_viewed` as words: `Page viewed`. */
export function readable(slug: string): string {
  const words = slug.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
