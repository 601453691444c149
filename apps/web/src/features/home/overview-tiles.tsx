import { formatDay } from '../../components/format-instant.ts';
import { Count, Money, Percent } from '../../components/numbers.tsx';
import { Tile, Tiles } from '../../components/tile.tsx';
import { useOrganization } from '../../organization.tsx';
import type { Overview } from './home-types.ts';

const days = 30;

/** The numbers that matter, skeletons of the same shape while they load: people and sales, then messages. */
export function OverviewTiles({ overview }: { readonly overview: Overview | undefined }) {
  return (
    <>
      <Tiles>
        <CustomerTiles customers={overview?.customers} />
        <SalesTiles sales={overview?.sales} />
      </Tiles>
      <Tiles>
        <MessageTiles messages={overview?.messages} />
      </Tiles>
    </>
  );
}

/** `30 days`, or where old data ended, `30 days to 30 Jun 1998`. */
function usePeriodWords(period: { readonly to: number; readonly recent: boolean } | undefined): string {
  const { zone } = useOrganization();
  if (!period || period.recent) return `last ${days} days`;
  return `${days} days to ${formatDay(period.to - 1, { zone })}`;
}

function CustomerTiles({ customers }: { readonly customers: Overview['customers'] | undefined }) {
  const { slug } = useOrganization();
  return (
    <>
      <Tile
        label="Customers"
        value={customers && <Count value={customers.total} compact />}
        note={customers && <NewCustomers added={customers.added} />}
        history={customers && customers.added.now > 0 ? customers.added.history : undefined}
        href={`/o/${slug}/customers`}
      />
      <Tile
        label="Reachable by e-mail"
        value={customers && <Count value={customers.reachable} compact />}
        note={
          customers && (
            <>
              <Percent part={customers.reachable} whole={customers.total} /> have an address and allow it
            </>
          )
        }
        href={`/o/${slug}/customers`}
        search={{ email: 'granted' }}
      />
    </>
  );
}

function NewCustomers({ added }: { readonly added: Overview['customers']['added'] }) {
  if (added.now === 0) return `None new in the last ${days} days`;
  return (
    <>
      <Count value={added.now} /> new in {days} days
      {added.before > 0 && (
        <>
          , <Count value={added.before} /> before that
        </>
      )}
    </>
  );
}

function SalesTiles({ sales }: { readonly sales: Overview['sales'] | undefined }) {
  const period = usePeriodWords(sales?.period);
  const before = `the ${days} days before`;
  const none = sales === null && 'No orders yet';
  const unknown = sales === null ? '–' : undefined;
  return (
    <>
      <Tile
        label={`Revenue, ${period}`}
        value={sales ? <Money amount={sales.revenue.now} currency={sales.currency} compact /> : unknown}
        change={sales ? { ...sales.revenue, period: before } : undefined}
        note={none}
        history={sales?.revenue.history}
      />
      <Tile
        label={`Orders, ${period}`}
        value={sales ? <Count value={sales.orders.now} compact /> : unknown}
        change={sales ? { ...sales.orders, period: before } : undefined}
        note={none}
        history={sales?.orders.history}
      />
    </>
  );
}

function MessageTiles({ messages }: { readonly messages: Overview['messages'] | undefined }) {
  const { slug } = useOrganization();
  const period = usePeriodWords(messages?.period);
  const base = `/o/${slug}/messages`;
  const rates = [
    { label: 'Opened', of: messages?.opened, response: 'opened' },
    { label: 'Clicked', of: messages?.clicked, response: 'clicked' },
    { label: 'Unsubscribed', of: messages?.unsubscribed, response: 'unsubscribed' },
  ];
  return (
    <>
      <Tile
        label={`Messages sent, ${period}`}
        value={
          messages ? <Count value={messages.sent.now} compact /> : messages === null ? <Count value={0} /> : undefined
        }
        note={
          messages ? (
            <>
              <Count value={messages.sent.before} /> in the {days} days before
            </>
          ) : (
            messages === null && 'Nothing was sent yet'
          )
        }
        history={messages && messages.sent.now > 0 ? messages.sent.history : undefined}
        href={base}
        search={{ state: 'sent' }}
      />
      {rates.map(({ label, of, response }) => (
        <Tile
          key={label}
          label={`${label}, of those`}
          value={
            messages && of ? <Percent part={of.now} whole={messages.sent.now} /> : messages === null ? '–' : undefined
          }
          note={
            messages &&
            of &&
            messages.sent.before > 0 && (
              <>
                <Percent part={of.before} whole={messages.sent.before} /> before that
              </>
            )
          }
          href={base}
          search={{ response }}
        />
      ))}
    </>
  );
}
