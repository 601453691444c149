import type { SegmentId } from '@mini-crm/domain';
import { TextLink } from '../../components/links.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import classes from './list-page.module.css';
import { useIsRemoving } from './use-is-removing.ts';

const stateWords: Readonly<Record<string, string>> = { draft: 'draft', scheduled: 'scheduled', sent: 'sent' };

/** The campaigns and segments that use a segment. */
export function SegmentUses({ segmentId }: { readonly segmentId: SegmentId }) {
  const { orgId, slug } = useOrganization();
  const uses = trpc.segments.uses.useQuery({ orgId, segmentId }, { enabled: !useIsRemoving() });
  if (!uses.data) return null;
  const { campaigns, segments } = uses.data;
  const isUsed = campaigns.length + segments.length > 0;
  return (
    <Section title="Used by">
      {isUsed ? (
        <ul className={classes.uses}>
          {segments.map(({ id, name }) => (
            <li key={id}>
              <TextLink to="/o/$org/segments/$id" params={{ org: slug, id }}>
                {name}
              </TextLink>
              <span className={classes.quiet}>segment</span>
            </li>
          ))}
          {campaigns.map(({ id, name, state }) => (
            <li key={id}>
              <TextLink to="/o/$org/campaigns/$id" params={{ org: slug, id }}>
                {name}
              </TextLink>
              <span className={classes.quiet}>campaign, {stateWords[state] ?? state}</span>
            </li>
          ))}
        </ul>
      ) : (
        <span className={classes.quiet}>No campaign and no other segment uses it.</span>
      )}
    </Section>
  );
}
