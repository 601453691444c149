import { Anchor } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconClick,
  IconFlag,
  IconMailOpened,
  IconRobot,
  IconSend,
  IconUserMinus,
} from '@tabler/icons-react';
import { outcomeReasons, outcomeStates } from '../../components/outcome-words.ts';
import { Timeline, type TimelineItem } from '../../components/timeline.tsx';
import { useOrganization } from '../../organization.tsx';
import type { MessageDetail } from './message-outcome.tsx';
import classes from './messages.module.css';

/** What happened to a message, the last thing first: from its hand-over to what came back. */
export function MessageHistory({ message }: { readonly message: MessageDetail }) {
  const { zone } = useOrganization();
  return (
    <section>
      <h3 className={classes.heading}>What happened</h3>
      <Timeline items={historyOf(message)} zone={zone} empty={null} />
    </section>
  );
}

const times = (count: number) => (count > 1 ? `, ${count} times in all` : '');

/** The things that happened, newest first; what happened at the same instant stands in the order in which it can have. */
export function historyOf(message: MessageDetail): TimelineItem[] {
  const { state, reason, at, opens, clicks } = message;
  const happened: (Omit<TimelineItem, 'at'> & { readonly at: TimelineItem['at'] | undefined })[] = [
    {
      ...{ id: 'decided', at, icon: IconSend, tone: outcomeStates[state].tone },
      title: state === 'sent' ? 'Handed over to the sender' : outcomeStates[state].word,
      ...(reason ? { body: outcomeReasons[reason] } : {}),
    },
    { id: 'delivered', at: message.deliveredAt, icon: IconCheck, tone: 'success', title: 'Delivered' },
    {
      ...{ id: 'machineOpened', at: message.machineOpenedAt, icon: IconRobot, title: 'Opened by a program' },
      body: 'A mail proxy loads pictures for everybody: nobody is counted as having read it.',
    },
    {
      ...{ id: 'opened', at: message.openedAt, icon: IconMailOpened, tone: 'success' },
      title: `Opened${times(opens)}`,
    },
    {
      ...{ id: 'machineClicked', at: message.machineClickedAt, icon: IconRobot, title: 'Links followed by a program' },
      body: 'A scanner looks at links before the mail is shown: it is not counted as a click.',
    },
    ...clicks.map(({ link, url, at: clickedAt, count }) => ({
      ...{ id: `click ${link}`, at: clickedAt, icon: IconClick, tone: 'success' as const },
      title: `Clicked${times(count)}`,
      body: url ? (
        <Anchor href={url} target="_blank" rel="noreferrer" className={classes.url}>
          {url}
        </Anchor>
      ) : (
        'A link that is not known any more'
      ),
    })),
    { id: 'bounced', at: message.bouncedAt, icon: IconAlertTriangle, tone: 'danger', title: 'Bounced' },
    { id: 'complained', at: message.complainedAt, icon: IconFlag, tone: 'danger', title: 'Reported as spam' },
    { id: 'left', at: message.unsubscribedAt, icon: IconUserMinus, tone: 'warning', title: 'Unsubscribed' },
  ];
  return happened
    .flatMap((item) => (item.at === undefined ? [] : [{ ...item, at: item.at }]))
    .reverse()
    .sort((a, b) => new Date(b.at).getTime() - new Date(a.at).getTime());
}
