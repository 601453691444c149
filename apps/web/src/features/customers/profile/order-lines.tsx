import { Button } from '@mantine/core';
import type { OrderLine } from '@mini-crm/domain';
import { useState } from 'react';
import { formatCount } from '../../../components/format-number.ts';
import { Money } from '../../../components/numbers.tsx';
import classes from './profile.module.css';

interface OrderLinesProps {
  readonly lines: readonly OrderLine[];
  readonly currency: string | null;
}

const shownAtFirst = 4;

/** What was bought; long orders unfold. */
export function OrderLines({ lines, currency }: OrderLinesProps) {
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(0, shownAtFirst);
  return (
    <>
      <table className={classes.lines}>
        <tbody>
          {shown.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an order never change, and two may be the same
            <tr key={index}>
              <td>
                {formatCount(line.quantity)} × {line.name ?? line.productId ?? line.category ?? 'Item'}
              </td>
              <td>
                {line.price !== null && currency !== null && (
                  <Money amount={line.price * line.quantity} currency={currency} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > shownAtFirst && (
        <Button variant="subtle" size="compact-xs" ml={-7} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${lines.length} items`}
        </Button>
      )}
    </>
  );
}
