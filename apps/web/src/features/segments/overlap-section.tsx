import { Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { FieldCatalogue, Rule, SegmentId } from '@mini-crm/domain';
import { useState } from 'react';
import { formatCount, formatPercent } from '../../components/format-number.ts';
import { Section } from '../../components/section.tsx';
import classes from './size-section.module.css';
import { useOverlap } from './use-overlap.ts';

interface OverlapProps {
  readonly fields: FieldCatalogue;
  /** The segment that is edited. */
  readonly segmentId: SegmentId | null;
  readonly rule: Rule | null;
  readonly size: number | undefined;
}

/** How many of the people are in another segment too. */
export function OverlapSection({ fields, segmentId, rule, size }: OverlapProps) {
  const [other, setOther] = useState<SegmentId | null>(null);
  // The size comes first; the overlap can wait for a rest.
  const [rested] = useDebouncedValue(rule, 300);
  const overlap = useOverlap(rested, other);
  const others = fields.segments.filter(({ id, archived }) => id !== segmentId && !archived);
  if (others.length === 0) return null;
  const name = others.find(({ id }) => id === other)?.name;
  return (
    <Section title="Overlap">
      <Select
        aria-label="Compare with a segment"
        placeholder="Compare with a segment"
        data={others.map(({ id, name: label }) => ({ value: id, label }))}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Stop comparing' }}
        nothingFoundMessage="No segment of this name"
        value={other}
        onChange={(id) => setOther(id as SegmentId | null)}
      />
      {other !== null && (
        <div
          className={overlap.isPlaceholderData ? `${classes.overlap} ${classes.behind}` : classes.overlap}
          role="status"
          aria-label="Overlap"
        >
          {overlap.error ? (
            <Text size="sm" c="dimmed">
              They could not be compared now.
            </Text>
          ) : overlap.data ? (
            <>
              <strong>{formatCount(overlap.data.both)} in both</strong>
              {size !== undefined && size > 0 && (
                <span>{formatPercent(Math.min(1, overlap.data.both / size))} of these people</span>
              )}
              {overlap.data.other > 0 ? (
                <span>
                  {formatPercent(overlap.data.both / overlap.data.other)} of the {formatCount(overlap.data.other)} in “
                  {name}”
                </span>
              ) : (
                <span>Nobody is in “{name}”</span>
              )}
            </>
          ) : (
            <Text size="sm" c="dimmed">
              comparing
            </Text>
          )}
        </div>
      )}
    </Section>
  );
}
