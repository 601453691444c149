import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { CellSkeleton } from './cell-skeleton.tsx';
import classes from './data-table.module.css';
import { type Column, type DataTableProps, isForRow, nextSort } from './data-table-types.ts';

const skeletonRows = Array.from({ length: 12 }, (_, index) => index);

/** The table itself, from 641 px on. */
export function DataTableRows<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, rowLabel, onOpen, selection } = props;
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {selection && (
            <th className={classes.check}>
              <SelectAll {...props} />
            </th>
          )}
          {columns.map((column) => (
            <Head key={column.id} column={column} {...props} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows === undefined &&
          skeletonRows.map((row) => (
            <tr key={row} aria-hidden>
              {selection && <td className={classes.check} />}
              {columns.map((column, index) => (
                <td key={column.id} className={cellClass(column)}>
                  <CellSkeleton row={row} column={index} />
                </td>
              ))}
            </tr>
          ))}
        {rows?.map((row) => {
          const id = rowId(row);
          const selected = selection?.selected.has(id) ?? false;
          return (
            <tr
              key={id}
              className={onOpen ? `${classes.row} ${classes.opens}` : classes.row}
              data-selected={selected || undefined}
              tabIndex={onOpen ? 0 : undefined}
              onClick={(event) => {
                if (isForRow(event.target, event.currentTarget) && !window.getSelection()?.toString()) onOpen?.(row);
              }}
              onKeyDown={(event) => onRowKey(event, () => onOpen?.(row))}
            >
              {selection && (
                <td className={classes.check} data-no-open>
                  <Checkbox
                    aria-label={`Select ${rowLabel(row)}`}
                    checked={selected}
                    onChange={() => selection.onChange(toggled(selection.selected, id))}
                  />
                </td>
              )}
              {columns.map((column) => (
                <td key={column.id} className={cellClass(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Head<Row>({ column, sort, onSort }: { column: Column<Row> } & DataTableProps<Row>) {
  const active = sort?.by === column.id;
  const Arrow = active && sort.direction === 'asc' ? IconArrowUp : IconArrowDown;
  const ariaSort = active ? (sort.direction === 'asc' ? 'ascending' : 'descending') : undefined;
  return (
    <th className={cellClass(column)} style={{ width: column.width }} aria-sort={ariaSort} scope="col">
      {column.sortable && onSort ? (
        <button
          type="button"
          className={classes.sort}
          data-active={active || undefined}
          onClick={() => onSort(nextSort(column, sort))}
        >
          {column.align === 'right' && <Arrow className={classes.arrow ?? ''} aria-hidden />}
          {column.header}
          {column.align !== 'right' && <Arrow className={classes.arrow ?? ''} aria-hidden />}
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

function SelectAll<Row>({ rows = [], rowId, selection }: DataTableProps<Row>) {
  const all = rows.length > 0 && rows.every((row) => selection?.selected.has(rowId(row)));
  return (
    <Checkbox
      aria-label="Select all rows shown"
      checked={all}
      indeterminate={!all && (selection?.selected.size ?? 0) > 0}
      onChange={() => selection?.onChange(all ? new Set() : new Set(rows.map(rowId)))}
    />
  );
}

/** The set with the id taken out or put in. */
export function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

function cellClass<Row>(column: Column<Row>): string {
  return [column.align === 'right' && classes.right, column.optional && classes.optional].filter(Boolean).join(' ');
}

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
