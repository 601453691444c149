import { Button, Skeleton } from '@mantine/core';
import type { CustomerId, SegmentId } from '@mini-crm/domain';
import { useState } from 'react';
import { TextLink } from '../../../components/links.tsx';
import { Section } from '../../../components/section.tsx';
import { SidePanel } from '../../../components/side-panel.tsx';
import { useOrganization } from '../../../organization.tsx';
import { trpc } from '../../../trpc.ts';
import classes from './explanation-tree.module.css';
import { WhyPanel } from './why-panel.tsx';

/** The segments that a customer is in now, and for any segment why. */
export function SegmentsSection({ customerId }: { readonly customerId: CustomerId }) {
  const { orgId, slug } = useOrganization();
  const [asked, setAsked] = useState<{ readonly segmentId: SegmentId | null } | null>(null);
  const segments = trpc.segments.of.useQuery({ orgId, customerId });
  const all = segments.data?.filter(({ isArchived }) => !isArchived);
  const own = all?.filter(({ isIn }) => isIn);
  return (
    <Section
      title="Segments"
      actions={
        all &&
        all.length > 0 && (
          <Button size="compact-sm" variant="subtle" onClick={() => setAsked({ segmentId: null })}>
            Explain a segment
          </Button>
        )
      }
    >
      {segments.isPending && <Skeleton h={14} w={180} />}
      {segments.error && <span className={classes.evidence}>They could not be looked up now.</span>}
      {own?.length === 0 && <span className={classes.evidence}>In no segment at this moment.</span>}
      {own && own.length > 0 && (
        <ul className={classes.segments}>
          {own.map(({ id, name }) => (
            <li key={id}>
              <TextLink to="/o/$org/segments/$id" params={{ org: slug, id }}>
                {name}
              </TextLink>
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Why in ${name}?`}
                onClick={() => setAsked({ segmentId: id })}
              >
                Why?
              </Button>
            </li>
          ))}
        </ul>
      )}
      <SidePanel title="Why in a segment, or not" size={560} opened={asked !== null} onClose={() => setAsked(null)}>
        {asked && <WhyPanel customerId={customerId} segments={all ?? []} first={asked.segmentId} />}
      </SidePanel>
    </Section>
  );
}
