import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useRef } from 'react';
import { CellSkeleton } from './cell-skeleton.tsx';
import classes from './data-table.module.css';
import { DataTableRow } from './data-table-row.tsx';
import { type Column, cellClass, type DataTableProps, nextSort } from './data-table-types.ts';

const skeletonRows = Array.from({ length: 12 }, (_, index) => index);

/** The table itself, from 641 px on. */
export function DataTableRows<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, onOpen, selection } = props;
  const latest = useRef(props);
  latest.current = props;
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
                <td key={column.id} className={cellClass(column, classes)}>
                  <CellSkeleton row={row} column={index} />
                </td>
              ))}
            </tr>
          ))}
        {rows?.map((row) => (
          <DataTableRow
            key={rowId(row)}
            row={row}
            columns={columns}
            selected={selection?.selected.has(rowId(row)) ?? false}
            selectable={selection !== undefined}
            opens={onOpen !== undefined}
            table={latest}
          />
        ))}
      </tbody>
    </table>
  );
}

function Head<Row>({ column, sort, onSort }: { column: Column<Row> } & DataTableProps<Row>) {
  const active = sort?.by === column.id;
  const Arrow = active && sort.direction === 'asc' ? IconArrowUp : IconArrowDown;
  const ariaSort = active ? (sort.direction === 'asc' ? 'ascending' : 'descending') : undefined;
  return (
    <th className={cellClass(column, classes)} style={{ width: column.width }} aria-sort={ariaSort} scope="col">
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
