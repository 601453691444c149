import { IconMail, IconReceipt } from '@tabler/icons-react';
import type { Column } from '../../components/data-table-types.ts';
import { Instant } from '../../components/instant.tsx';
import { Count } from '../../components/numbers.tsx';
import { interactionLooks } from './interaction-words.ts';
import { type LogRow, MessageOutcome } from './message-outcome.tsx';
import classes from './messages.module.css';

/** The columns of the log; without the campaign's where the list is of one. */
export function messageColumns(zone: string, withSubject: boolean): readonly Column<LogRow>[] {
  const subject: Column<LogRow> = { id: 'of', header: 'What', width: 240, cell: (row) => <Subject row={row} /> };
  return [
    { id: 'recipient', header: 'Person', card: 'title', cell: (row) => <Person row={row} /> },
    ...(withSubject ? [subject] : []),
    {
      id: 'outcome',
      header: 'Outcome',
      width: 240,
      cell: (row) =>
        row.kind === 'interaction' ? (
          <span dir="auto" className={classes.said}>
            {row.text}
          </span>
        ) : (
          <MessageOutcome message={row} />
        ),
    },
    { id: 'at', header: 'When', width: 150, cell: ({ at }) => <Instant value={at} zone={zone} /> },
    {
      id: 'opened',
      header: 'Opened',
      width: 150,
      optional: true,
      card: 'none',
      cell: (row) => (row.kind === 'interaction' ? null : <Instant value={row.openedAt} zone={zone} />),
    },
    {
      id: 'opens',
      header: 'Opens',
      width: 80,
      align: 'right',
      optional: true,
      card: 'none',
      cell: (row) => (row.kind === 'interaction' ? null : <Count value={row.opens} />),
    },
  ];
}

function Person({ row }: { readonly row: LogRow }) {
  const address = row.kind === 'interaction' ? '' : row.address;
  return (
    <span className={classes.recipient}>
      <span dir="auto" className={classes.name}>
        {row.name || address || (row.customerId ? 'A deleted customer' : 'Nobody')}
      </span>
      {row.name && address && row.name !== address && <span className={classes.second}>{address}</span>}
    </span>
  );
}

function Subject({ row }: { readonly row: LogRow }) {
  const { icon: Icon, words } = subjectOf(row);
  return (
    <span className={classes.subjectCell}>
      <Icon size={15} stroke={1.7} aria-hidden />
      <span dir="auto" className={classes.said}>
        {words}
      </span>
    </span>
  );
}

/** What a row is of: a campaign's or a template's name, or the kind of interaction. */
export function subjectOf(row: Pick<LogRow, 'kind'> & { of?: string | null; type?: string }) {
  if (row.kind === 'campaign') return { icon: IconMail, words: row.of ?? 'Deleted campaign' };
  if (row.kind === 'transactional') return { icon: IconReceipt, words: row.of ?? 'Deleted template' };
  const look = interactionLooks[row.type as keyof typeof interactionLooks];
  return { icon: look.icon, words: look.one };
}
