import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { formatCount } from '../../components/format-number.ts';
import { useNow } from '../../components/use-now.ts';
import { useOrganization } from '../../organization.tsx';
import { people } from './people.ts';
import type { ZoneTurn, ZoneTurns } from './use-zone-turns.ts';
import { dayAndTime } from './when-words.ts';
import classes from './zone-table.module.css';

const shownAtFirst = 8;

/** Where an audience lives: each zone with its people and the instant of its turn, by the clock of the organization. */
export function ZoneTable({ turns, unknown, error, refetch }: ZoneTurns) {
  const { zone: home } = useOrganization();
  const now = useNow();
  const [all, setAll] = useState(false);
  if (error && !turns) return <ErrorState compact error={error} onRetry={refetch} />;
  if (!turns) return <Skeleton h={120} role="status" aria-label="Counting zones" />;
  if (turns.length === 0)
    return <p className={classes.quiet}>Choose who should get this, and you see here where they live.</p>;
  const shown = all ? turns : turns.slice(0, shownAtFirst);
  return (
    <div>
      <table className={classes.table} aria-label="Time zones of the audience">
        <thead>
          <tr>
            <th scope="col">Time zone</th>
            <th scope="col">People</th>
            <th scope="col">Goes out, by the clock in {home.replaceAll('_', ' ')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((turn) => (
            <tr key={turn.zone} data-passed={turn.passed || undefined}>
              <th scope="row">
                {turn.zone.replaceAll('_', ' ')}
                {turn.zone === home && unknown > 0 && (
                  <span className={classes.note}>with {people(unknown)} whose zone isn’t known</span>
                )}
              </th>
              <td className="figures">{formatCount(turn.count)}</td>
              <td className="figures">{turnWords(turn, home, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {turns.length > shownAtFirst && (
        <Button size="xs" variant="subtle" mt={4} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${turns.length} zones`}
        </Button>
      )}
    </div>
  );
}

function turnWords({ passed, turn, quiet }: ZoneTurn, home: string, now: Date): string {
  if (turn === null) return 'Not at all: it has passed';
  if (turn.getTime() <= now.getTime()) return 'At once: it has passed';
  if (quiet) return `${dayAndTime(turn, home)}, after quiet hours`;
  return passed ? `${dayAndTime(turn, home)}, a day later` : dayAndTime(turn, home);
}
