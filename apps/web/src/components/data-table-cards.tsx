import { Checkbox, Skeleton } from '@mantine/core';
import classes from './data-table.module.css';
import { type DataTableProps, isForRow, toggled } from './data-table-types.ts';

const skeletonCards = Array.from({ length: 6 }, (_, index) => index);

/** The rows as cards, for phones. */
export function DataTableCards<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, rowLabel, onOpen, selection } = props;
  const title = columns.find((column) => column.card === 'title') ?? columns[0];
  const aside = columns.find((column) => column.card === 'aside');
  const lines = columns.filter((column) => column !== title && column !== aside && column.card !== 'none');
  return (
    <ul className={classes.cards} aria-label={label}>
      {rows === undefined &&
        skeletonCards.map((card) => (
          <li key={card} className={classes.card} aria-hidden>
            <div className={classes.cardBody}>
              <Skeleton height={12} width="55%" my={6} />
              <Skeleton height={10} width="80%" my={8} />
            </div>
          </li>
        ))}
      {rows?.map((row) => {
        const id = rowId(row);
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the card's title is a button that does the same by keyboard
          <li
            key={id}
            className={classes.card}
            onClick={(event) => isForRow(event.target, event.currentTarget) && onOpen?.(row)}
          >
            {selection && (
              <Checkbox
                mt={2}
                aria-label={`Select ${rowLabel(row)}`}
                checked={selection.selected.has(id)}
                onChange={() => selection.onChange(toggled(selection.selected, id))}
              />
            )}
            <div className={classes.cardBody}>
              <div className={classes.cardTop}>
                <span className={classes.cardTitle}>{title?.cell(row)}</span>
                {aside && <span>{aside.cell(row)}</span>}
              </div>
              {lines.map((column) => (
                <div key={column.id} className={classes.cardLine}>
                  <span>{column.header}</span>
                  <span>{column.cell(row)}</span>
                </div>
              ))}
            </div>
            {onOpen && (
              <button type="button" className={classes.skip} onClick={() => onOpen(row)}>
                Open {rowLabel(row)}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
