import type { Column } from '../../components/data-table-types.ts';
import { Count, Money } from '../../components/numbers.tsx';
import type { Outputs } from '../../trpc.ts';
import { ConsentBadge } from './consent-badge.tsx';
import { customerSubtitle, customerTitle } from './customer-title.ts';
import classes from './customers.module.css';
import { ShortInstant } from './short-instant.tsx';

export type CustomerRow = Outputs['customers']['list']['items'][number];

/** The list's columns; a column's id is the order that its head asks for. */
export function customerColumns(currency: string, zone: string): readonly Column<CustomerRow>[] {
  return [
    {
      id: 'name',
      header: 'Customer',
      sortable: true,
      card: 'title',
      cell: (customer) => (
        <span className={classes.who}>
          <span className={classes.name} dir="auto">
            {customerTitle(customer)}
          </span>
          <span className={classes.below} dir="auto">
            {customerSubtitle(customer)}
          </span>
        </span>
      ),
    },
    {
      id: 'consent',
      header: 'E-mail consent',
      width: 140,
      cell: ({ consents }) => <ConsentBadge state={consents.email?.state} />,
    },
    {
      id: 'orderCount',
      header: 'Orders',
      align: 'right',
      sortable: true,
      width: 90,
      cell: ({ rollups }) => <Count value={rollups.orderCount} {...quietZero(rollups.orderCount)} />,
    },
    {
      id: 'revenue',
      header: 'Revenue',
      align: 'right',
      sortable: true,
      width: 130,
      card: 'aside',
      cell: ({ rollups }) => <Money amount={rollups.revenue} currency={currency} {...quietZero(rollups.revenue)} />,
    },
    {
      id: 'lastOrderAt',
      header: 'Last order',
      align: 'right',
      sortable: true,
      width: 140,
      cell: ({ rollups }) => <ShortInstant value={rollups.lastOrderAt} zone={zone} none="Never" />,
    },
    {
      id: 'createdAt',
      header: 'Added',
      align: 'right',
      sortable: true,
      optional: true,
      width: 140,
      card: 'none',
      cell: ({ createdAt }) => <ShortInstant value={createdAt} zone={zone} />,
    },
  ];
}

const quietZero = (value: number) => (value === 0 ? { c: 'dimmed' } : {});
