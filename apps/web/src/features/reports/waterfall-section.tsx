import { VisuallyHidden } from '@mantine/core';
import { waterfallWords } from '../../components/audience-words.ts';
import { TextLink } from '../../components/links.tsx';
import { Count } from '../../components/numbers.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import classes from './report.module.css';
import type { Report } from './report-types.ts';

/** How the audience came down to its recipients, as it was counted at launch. */
export function WaterfallSection({ report }: { readonly report: Report }) {
  const { waterfall, segments, again } = report;
  if (again) return <Again again={again} count={waterfall.reachable} />;
  const from = segments.include === 'everyone' ? 'Everyone' : segments.include.map(({ name }) => name).join(', ');
  const without = segments.exclude.map(({ name }) => name).join(', ');
  return (
    <Section title="Audience at launch" description={without ? `${from}, without ${without}` : from}>
      <dl className={classes.waterfall}>
        <div>
          <dt>{segments.include === 'everyone' ? 'All customers' : 'In the chosen segments'}</dt>
          <dd>
            <Count value={waterfall.inSegments} />
          </dd>
        </div>
        {waterfall.steps
          .filter(({ count }) => count > 0)
          .map(({ reason, count }) => (
            <div key={reason} className={classes.minus}>
              <dt>{waterfallWords[reason]}</dt>
              <dd>
                <span aria-hidden>−</span>
                <VisuallyHidden>minus </VisuallyHidden>
                <Count value={count} />
              </dd>
            </div>
          ))}
        <div className={classes.total}>
          <dt>Recipients</dt>
          <dd>
            <Count value={waterfall.reachable} />
          </dd>
        </div>
      </dl>
    </Section>
  );
}

/** A campaign that sent another one's message once more has no segments: its people did not get it the first time. */
function Again({ again, count }: { readonly again: NonNullable<Report['again']>; readonly count: number }) {
  const { slug } = useOrganization();
  return (
    <Section title="Audience at launch">
      <p>
        <Count value={count} /> who did not get{' '}
        <TextLink to="/o/$org/campaigns/$id" params={{ org: slug, id: again.campaignId }}>
          {again.name}
        </TextLink>{' '}
        the first time{again.kinds.includes('unsure') ? ', also those of whom nobody knew.' : '.'}
      </p>
    </Section>
  );
}
