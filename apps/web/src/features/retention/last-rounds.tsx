import { formatCount } from '../../components/format-number.ts';
import { Instant } from '../../components/instant.tsx';
import { Section } from '../../components/section.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useOrganization } from '../../organization.tsx';
import type { Outputs } from '../../trpc.ts';
import classes from './retention.module.css';

type Round = Outputs['retention']['get']['rounds'][number];

/** What was removed, the last time first. */
export function LastRounds({ rounds }: { readonly rounds: readonly Round[] }) {
  return (
    <Section title="What was removed">
      {rounds.length === 0 ? (
        <p className={classes.none}>Nothing was removed yet.</p>
      ) : (
        <ul className={classes.rounds}>
          {rounds.map((round) => (
            <li key={String(round.startedAt)}>
              <Removed round={round} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Removed({ round }: { readonly round: Round }) {
  const { zone } = useOrganization();
  const { messages, campaigns, transactional, outbox, startedAt, finishedAt, before } = round;
  const parts = [
    messages + campaigns > 0 && `${formatCount(messages)} messages of ${formatCount(campaigns)} campaigns`,
    transactional > 0 && `${formatCount(transactional)} transactional messages`,
    outbox > 0 && `${formatCount(outbox)} copies in the outbox`,
  ].filter((part) => part !== false);
  return (
    <>
      <span className={classes.when}>
        <Instant value={finishedAt ?? startedAt} zone={zone} />
        {finishedAt === null && (
          <StateBadge tone="accent" moving>
            At it
          </StateBadge>
        )}
      </span>
      <span>
        {parts.length === 0 ? 'Nothing yet' : parts.join(', ')}, from before <Instant value={before} zone={zone} />
      </span>
    </>
  );
}
