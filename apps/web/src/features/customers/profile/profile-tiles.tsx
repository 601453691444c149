import { formatDay } from '../../../components/format-instant.ts';
import { Instant } from '../../../components/instant.tsx';
import { Count, Money } from '../../../components/numbers.tsx';
import { Tile, Tiles } from '../../../components/tile.tsx';
import { useNow } from '../../../components/use-now.ts';
import { useOrganization } from '../../../organization.tsx';
import type { CustomerProfile } from './profile-page.tsx';

/** What the customer's orders come to. */
export function ProfileTiles({ customer: { rollups } }: { readonly customer: CustomerProfile }) {
  const { currency, zone } = useOrganization();
  const { orderCount, revenue, firstOrderAt, lastOrderAt } = rollups;
  const average = orderCount === 0 ? null : Math.round(revenue / orderCount);
  return (
    <Tiles>
      <Tile label="Revenue" value={<Money amount={revenue} currency={currency} compact />} note="net of refunds" />
      <Tile
        label="Orders"
        value={<Count value={orderCount} compact />}
        note={firstOrderAt ? `since ${formatDay(firstOrderAt, { zone })}` : 'none yet'}
      />
      <Tile
        label="Average order"
        value={average === null ? '–' : <Money amount={average} currency={currency} compact />}
        note={`in ${currency}`}
      />
      <Tile
        label="Last order"
        value={lastOrderAt ? formatDay(lastOrderAt, { zone }) : 'Never'}
        note={lastOrderAt ? <Ago value={lastOrderAt} /> : undefined}
      />
    </Tiles>
  );
}

const day = 86_400_000;

/** How long ago, in the widest unit that says something. */
function Ago({ value }: { readonly value: string }) {
  const days = Math.floor((useNow().getTime() - new Date(value).getTime()) / day);
  if (days < 1) return <Instant value={value} inherit />;
  const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  if (days < 60) return relative.format(-days, 'day');
  if (days < 730) return relative.format(-Math.floor(days / 30.44), 'month');
  return relative.format(-Math.floor(days / 365.25), 'year');
}
