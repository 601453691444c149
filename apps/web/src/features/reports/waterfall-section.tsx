import { VisuallyHidden } from '@mantine/core';
import { waterfallWords } from '../../components/audience-words.ts';
import { Count } from '../../components/numbers.tsx';
import { Section } from '../../components/section.tsx';
import classes from './report.module.css';
import type { Report } from './report-types.ts';

/** How the audience came down to its recipients, as it was counted at launch. */
export function WaterfallSection({ report }: { readonly report: Report }) {
  const { waterfall, segments } = report;
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
