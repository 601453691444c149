import type { ReactNode } from 'react';

/** One column of a DataTable. On phones a row becomes a card, and `card` says where the column stands in it. */
export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  readonly align?: 'left' | 'right';
  /** The head becomes a button that calls `onSort` with the column's id. */
  readonly sortable?: boolean;
  readonly width?: number | string;
  /** Hides the column on screens narrower than 1,100 px. */
  readonly optional?: boolean;
  /** In the card: its first line, a line of name and value (default), at the right of the first line, or not at all. */
  readonly card?: 'title' | 'line' | 'aside' | 'none';
}

export interface Sort {
  readonly by: string;
  readonly direction: 'asc' | 'desc';
}

export interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly onChange: (selected: ReadonlySet<string>) => void;
  /** Buttons of the bulk bar. */
  readonly actions: (ids: readonly string[]) => ReactNode;
}

export interface DataTableProps<Row> {
  /** What is listed, for screen readers: "Customers". */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined while the first page loads. */
  readonly rows: readonly Row[] | undefined;
  readonly rowId: (row: Row) => string;
  /** What a row is called aloud ("Select Ann Lee"). */
  readonly rowLabel: (row: Row) => string;
  /** Called by a click on a row and by Enter on it. */
  readonly onOpen?: (row: Row) => void;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly selection?: Selection | undefined;
  readonly error?: unknown;
  readonly onRetry?: () => void;
  /** Shown when there are no rows: an `<EmptyState compact>`. */
  readonly empty: ReactNode;
  readonly hasMore?: boolean | undefined;
  readonly onLoadMore?: () => void;
  readonly loadingMore?: boolean;
  /** The rows are of an earlier search and are being replaced: they fade until then. */
  readonly stale?: boolean;
}

/** What a click on a column's head asks for: descending first for numbers, ascending for words, then the other way round. */
export function nextSort(column: Pick<Column<never>, 'id' | 'align'>, sort: Sort | undefined): Sort {
  const first = column.align === 'right' ? 'desc' : 'asc';
  if (sort?.by !== column.id) return { by: column.id, direction: first };
  return { by: column.id, direction: sort.direction === 'asc' ? 'desc' : 'asc' };
}

/** A click on a link, button or field inside a row is meant for that, and one that ends a text selection for nothing. */
export function isForRow(target: EventTarget, row: EventTarget): boolean {
  if (!(target instanceof Element) || !(row instanceof Element)) return false;
  const control = target.closest('a, button, input, label, select, textarea, [role="menuitem"], [data-no-open]');
  return (control === null || !row.contains(control)) && row.contains(target);
}

/** The set with the id taken out or put in. */
export function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** The class names of a column's cells. */
export function cellClass<Row>(column: Column<Row>, classes: Readonly<Record<string, string>>): string {
  return [column.align === 'right' && classes.right, column.optional && classes.optional].filter(Boolean).join(' ');
}
