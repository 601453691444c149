import { formatCount } from '../../components/format-number.ts';
import { outcomeReasons, outcomeStates } from '../../components/outcome-words.ts';
import classes from './sending-view.module.css';
import type { Sending } from './sending-view.tsx';

/** Why people got nothing, as it comes, the most frequent reason first. */
export function ReasonList({ reasons }: { readonly reasons: Sending['reasons'] }) {
  if (reasons.length === 0)
    return <p className={classes.quiet}>Nobody so far: every message that was tried has gone out.</p>;
  return (
    <table className={classes.reasons}>
      <tbody>
        {reasons.map(({ state, reason, count }) => (
          <tr key={`${state} ${reason}`}>
            <th scope="row">
              {outcomeReasons[reason]} <span className={classes.quiet}>{outcomeStates[state].word}</span>
            </th>
            <td className="figures">{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
