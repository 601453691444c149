import { IconLink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { Count, Percent } from '../../components/numbers.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import classes from './report.module.css';
import type { Report } from './report-types.ts';

/** Which links people clicked; a row leads to those who did. */
export function LinkClicks({ report }: { readonly report: Report }) {
  const { slug } = useOrganization();
  const { links, figures } = report;
  const most = Math.max(1, ...links.map(({ people }) => people));
  return (
    <Section
      title="Links"
      description={links.length > 0 ? 'People who clicked, and all their clicks' : undefined}
      flush
    >
      {links.length === 0 ? (
        <EmptyState compact icon={IconLink} title="No tracked links">
          The message had no link to a web page.
        </EmptyState>
      ) : (
        <ol className={classes.links}>
          {links.map(({ link, url, label, people, clicks }) => (
            <li key={link}>
              <Link
                to="/o/$org/messages"
                params={{ org: slug }}
                search={{ campaign: report.id, link }}
                className={classes.link ?? ''}
              >
                <span className={classes.linkWords}>
                  {label && <b>{label}</b>}
                  <span className={classes.url}>{url}</span>
                  <span className={classes.track} aria-hidden>
                    <span className={classes.bar} style={{ width: `${(people / most) * 100}%` }} />
                  </span>
                </span>
                <span className={classes.linkFigure}>
                  <Count value={people} />
                  <small>{people === 1 ? 'person' : 'people'}</small>
                </span>
                <span className={classes.linkFigure}>
                  <Count value={clicks} />
                  <small>{clicks === 1 ? 'click' : 'clicks'}</small>
                </span>
                <span className={classes.linkFigure}>
                  <Percent part={people} whole={figures.sent} />
                  <small>of sent</small>
                </span>
              </Link>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
