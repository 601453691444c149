import { SegmentedControl, Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import classes from './report.module.css';
import type { Report } from './report-types.ts';

/** Charts are heavy; the numbers don't wait for them. */
const ResponsesChart = lazy(async () => ({ default: (await import('./responses-chart.tsx')).ResponsesChart }));

const units = { hour: 'By hour', day: 'By day', week: 'By week', month: 'By month' };

interface ResponsesSectionProps {
  readonly overTime: Report['overTime'];
  readonly span: 'first' | 'all';
  readonly onSpan: (span: 'first' | 'all') => void;
}

/** When people opened and clicked for the first time, on the organization's clock. */
export function ResponsesSection({ overTime, span, onSpan }: ResponsesSectionProps) {
  const { zone } = useOrganization();
  return (
    <Section
      title="Opened and clicked over time"
      description={`${units[overTime.unit]}, first time of each person, ${zone}`}
      actions={
        <SegmentedControl
          aria-label="Span of time"
          value={span}
          onChange={(value) => onSpan(value === 'all' ? 'all' : 'first')}
          data={[
            { value: 'first', label: 'First 3 days' },
            { value: 'all', label: 'All' },
          ]}
        />
      }
    >
      <div className={classes.chart}>
        <Suspense fallback={<Skeleton height="100%" />}>
          <ResponsesChart overTime={overTime} />
        </Suspense>
      </div>
    </Section>
  );
}
