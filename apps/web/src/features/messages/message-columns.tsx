import type { Column } from '../../components/data-table-types.ts';
import { Instant } from '../../components/instant.tsx';
import { Count } from '../../components/numbers.tsx';
import { MessageOutcome, type MessageRow } from './message-outcome.tsx';
import classes from './messages.module.css';

/** The columns of the log; without the campaign's where the list is of one. */
export function messageColumns(zone: string, withCampaign: boolean): readonly Column<MessageRow>[] {
  const campaign: Column<MessageRow> = {
    id: 'campaign',
    header: 'Campaign',
    width: 200,
    cell: ({ campaignName }) => campaignName ?? 'Deleted campaign',
  };
  return [
    {
      id: 'recipient',
      header: 'Recipient',
      card: 'title',
      cell: ({ name, address }) => (
        <span className={classes.recipient}>
          <span dir="auto" style={{ fontWeight: 500 }}>
            {name || address || 'Nobody'}
          </span>
          {name && name !== address && <span className={classes.second}>{address}</span>}
        </span>
      ),
    },
    ...(withCampaign ? [campaign] : []),
    { id: 'outcome', header: 'Outcome', width: 210, cell: (message) => <MessageOutcome message={message} /> },
    { id: 'at', header: 'Sent', cell: ({ at }) => <Instant value={at} zone={zone} /> },
    {
      id: 'opened',
      header: 'Opened',
      optional: true,
      card: 'none',
      cell: ({ openedAt }) => <Instant value={openedAt} zone={zone} />,
    },
    {
      id: 'opens',
      header: 'Opens',
      align: 'right',
      optional: true,
      card: 'none',
      cell: ({ opens }) => <Count value={opens} />,
    },
  ];
}
