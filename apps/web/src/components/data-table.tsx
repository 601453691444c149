import { Button } from '@mantine/core';
import { BulkBar } from './bulk-bar.tsx';
import classes from './data-table.module.css';
import { DataTableCards } from './data-table-cards.tsx';
import { DataTableRows } from './data-table-rows.tsx';
import type { DataTableProps } from './data-table-types.ts';
import { ErrorState } from './error-state.tsx';
import { LoadMore } from './load-more.tsx';
import { useIsPhone } from './use-is-phone.ts';

/**
 * The app's list: sticky head, sorting, rows that open on click and Enter (arrows move between them), a bulk bar on selection, a skeleton
 * of the same shape, empty and error states, more rows as one scrolls; cards on phones. It holds no data and no state of its own.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const phone = useIsPhone();
  const { rows, error, onRetry, empty, selection } = props;
  if (error && rows === undefined) {
    return (
      <div className={classes.frame}>
        <ErrorState error={error} onRetry={onRetry} compact />
      </div>
    );
  }
  if (rows?.length === 0) return <div className={classes.frame}>{empty}</div>;
  return (
    <>
      <div className={props.stale ? `${classes.frame} ${classes.stale}` : classes.frame} aria-busy={rows === undefined}>
        {phone ? <DataTableCards {...props} /> : <DataTableRows {...props} />}
        {rows === undefined && <span className={classes.skip}>Loading {props.label}</span>}
        {props.hasMore && props.onLoadMore && (
          <LoadMore onLoadMore={props.onLoadMore} loading={props.loadingMore ?? false} />
        )}
      </div>
      {selection && selection.selected.size > 0 && <BulkBar selection={selection} />}
      {Boolean(error) && rows !== undefined && (
        <div role="alert" style={{ padding: 12, textAlign: 'center' }}>
          More could not be loaded.{' '}
          <Button size="xs" variant="subtle" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </>
  );
}
