import { Button } from '@mantine/core';
import classes from './data-table.module.css';
import type { Selection } from './data-table-types.ts';
import { formatCount } from './format-number.ts';

/** What can be done with the selected rows; floats at the bottom while any are. */
export function BulkBar({ selection }: { readonly selection: Selection }) {
  return (
    <div className={classes.bulk} role="toolbar" aria-label="Selected rows">
      <strong aria-live="polite">{formatCount(selection.selected.size)} selected</strong>
      {selection.actions([...selection.selected])}
      <Button size="xs" variant="subtle" color="gray" onClick={() => selection.onChange(new Set())}>
        Clear selection
      </Button>
    </div>
  );
}
