import { IconCheck, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import classes from './home.module.css';
import type { FirstStepsDone } from './home-types.ts';

const steps = [
  { key: 'customers', title: 'Import customers', text: 'From a CSV file, with their orders', path: 'customers/import' },
  { key: 'segment', title: 'Make a segment', text: 'Choose people by what you know of them', path: 'segments/new' },
  { key: 'sender', title: 'Set the sender', text: 'Who your mails come from', path: 'settings' },
  {
    key: 'campaign',
    title: 'Send a campaign',
    text: 'Write it, send it, read the results',
    path: 'campaigns/new',
  },
] as const;

const hrefOf = (slug: string, path: string): string => `/o/${slug}/${path}`;

/** What a newcomer does first; gone once all of it is done. */
export function FirstSteps({ steps: done }: { readonly steps: FirstStepsDone }) {
  const { slug, can } = useOrganization();
  const left = steps.filter(({ key }) => !done[key]).length;
  if (left === 0 || !can('campaigns.create')) return null;
  return (
    <Section title="First steps" description={`${steps.length - left} of ${steps.length} done`} flush>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step.key}>
            {done[step.key] ? (
              <div className={`${classes.step} ${classes.done}`}>
                <span className={`${classes.mark} ${classes.marked}`}>
                  <IconCheck size={13} stroke={3} aria-label="Done:" />
                </span>
                <b>{step.title}</b>
              </div>
            ) : (
              <Link to={hrefOf(slug, step.path)} className={classes.step ?? ''}>
                <span className={classes.mark} aria-hidden />
                <span>
                  <b>{step.title}</b>
                  <small>{step.text}</small>
                </span>
                <IconChevronRight size={16} stroke={1.7} aria-hidden color="var(--mantine-color-dimmed)" />
              </Link>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
