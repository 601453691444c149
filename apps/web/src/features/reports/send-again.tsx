import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { formatCount } from '../../components/format-number.ts';
import { Instant } from '../../components/instant.tsx';
import { TextLink } from '../../components/links.tsx';
import { useOrganization } from '../../organization.tsx';
import classes from './report.module.css';
import type { Report } from './report-types.ts';
import { SendAgainDialog } from './send-again-dialog.tsx';

/** Sends it to those who surely did not get it, or says which campaign did. */
export function SendAgain({ report }: { readonly report: Report }) {
  const { slug, zone, refusal } = useOrganization();
  const [asking, setAsking] = useState(false);
  const { counts, ready, campaigns } = report.sendAgain;
  const done = campaigns.flatMap(({ kinds }) => kinds);
  const missed = done.includes('missed') ? 0 : counts.missed;
  const unsure = done.includes('unsure') ? 0 : counts.unsure;
  if (campaigns.length === 0 && missed + unsure === 0) return null;
  return (
    <div className={classes.again}>
      {campaigns.map(({ id, name, launchedAt, kinds }) => (
        <p key={id}>
          Sent again to {kinds.map((kind) => kindWords[kind]).join(' and ')}:{' '}
          <TextLink to="/o/$org/campaigns/$id" params={{ org: slug, id }}>
            {name}
          </TextLink>{' '}
          <span className={classes.dimmed}>
            <Instant value={launchedAt} zone={zone} />
          </span>
        </p>
      ))}
      {missed + unsure > 0 && (
        <div className={classes.againOffer}>
          <p>{offer(missed, unsure)}</p>
          <ActionButton
            variant="default"
            leftSection={<IconSend size={16} />}
            reason={
              refusal('reports.sendAgain') ??
              (ready ? null : 'It is still going on: who did not get it is known when it is over.')
            }
            onClick={() => setAsking(true)}
          >
            Send again
          </ActionButton>
        </div>
      )}
      <SendAgainDialog
        opened={asking}
        onClose={() => setAsking(false)}
        report={report}
        missed={missed}
        unsure={unsure}
      />
    </div>
  );
}

const kindWords = { missed: 'those who missed it', unsure: 'those of whom nobody knew' };

function offer(missed: number, unsure: number): string {
  if (missed === 0) {
    return `Of ${formatCount(unsure)} nobody knows whether they got it. Everybody else who is left could not get it another time either.`;
  }
  return `${formatCount(missed)} surely did not get it, and could now.`;
}
