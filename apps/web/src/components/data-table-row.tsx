import { Checkbox } from '@mantine/core';
import { type KeyboardEvent, memo, type RefObject } from 'react';
import classes from './data-table.module.css';
import { type Column, cellClass, type DataTableProps, isForRow, toggled } from './data-table-types.ts';

interface DataTableRowProps<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly selected: boolean;
  readonly selectable: boolean;
  readonly opens: boolean;
  /** The table's props of this moment, for what happens later: a new callback alone draws no row again. */
  readonly table: RefObject<DataTableProps<Row>>;
}

function TableRow<Row>({ row, columns, selected, selectable, opens, table }: DataTableRowProps<Row>) {
  const { rowId, rowLabel } = table.current;
  return (
    <tr
      className={opens ? `${classes.row} ${classes.opens}` : classes.row}
      data-selected={selected || undefined}
      tabIndex={opens ? 0 : undefined}
      onClick={(event) => {
        if (isForRow(event.target, event.currentTarget) && !window.getSelection()?.toString())
          table.current.onOpen?.(row);
      }}
      onKeyDown={(event) => onRowKey(event, () => table.current.onOpen?.(row))}
    >
      {selectable && (
        <td className={classes.check} data-no-open>
          <Checkbox
            aria-label={`Select ${rowLabel(row)}`}
            checked={selected}
            onChange={() => {
              const { selection } = table.current;
              selection?.onChange(toggled(selection.selected, rowId(row)));
            }}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} className={cellClass(column, classes)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** One row. It is drawn again only when its data, its selection or the columns change, so that a list of thousands stays quick. */
export const DataTableRow = memo(TableRow) as typeof TableRow;

/** Enter opens; the arrows go to the neighbours, as in a list. */
function onRowKey(event: KeyboardEvent<HTMLTableRowElement>, open: () => void): void {
  if (event.target !== event.currentTarget) return;
  const { nextElementSibling, previousElementSibling } = event.currentTarget;
  if (event.key === 'Enter') open();
  else if (event.key === 'ArrowDown') (nextElementSibling as HTMLElement | null)?.focus();
  else if (event.key === 'ArrowUp') (previousElementSibling as HTMLElement | null)?.focus();
  else return;
  event.preventDefault();
}
