import { IconFileImport, IconSparkles } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/links.tsx';
import { useOrganization } from '../../organization.tsx';
import { FirstSteps } from './first-steps.tsx';
import classes from './home.module.css';
import type { FirstStepsDone } from './home-types.ts';

interface WelcomeProps {
  readonly name: string;
  readonly steps: FirstStepsDone;
  readonly fillDemo: ReactNode;
}

/** The first screen of an organization that has nobody in it. */
export function Welcome({ name, steps, fillDemo }: WelcomeProps) {
  const { slug, can } = useOrganization();
  return (
    <div className={classes.welcome}>
      <h1>Welcome to {name}</h1>
      <p className={classes.lead}>
        From a list of customers to a campaign and its results, in four steps. Begin with your own people, or look
        around first.
      </p>
      <div className={classes.choices}>
        <div className={classes.choice}>
          <span className={classes.choiceIcon} aria-hidden>
            <IconFileImport size={22} stroke={1.6} />
          </span>
          <h2>Bring your customers</h2>
          <p>
            A CSV file is enough. Columns are recognized, nothing is written before you have seen it, and the same file
            twice changes nothing.
          </p>
          {can('imports.start') && (
            <LinkButton to="/o/$org/customers/import" params={{ org: slug }}>
              Import customers
            </LinkButton>
          )}
        </div>
        <div className={classes.choice}>
          <span className={classes.choiceIcon} aria-hidden>
            <IconSparkles size={22} stroke={1.6} />
          </span>
          <h2>Look around first</h2>
          <p>
            A made-up coffee roastery: 2,000 customers, eighteen months of orders, segments and campaigns. One click
            takes it all away again.
          </p>
          {fillDemo}
        </div>
      </div>
      <FirstSteps steps={steps} />
    </div>
  );
}
