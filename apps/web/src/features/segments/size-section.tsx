import { Button, Skeleton, Text } from '@mantine/core';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formatCount } from '../../components/format-number.ts';
import { Instant } from '../../components/instant.tsx';
import { TextLink } from '../../components/links.tsx';
import { Money, Percent } from '../../components/numbers.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import classes from './size-section.module.css';
import type { Preview } from './use-preview.ts';

interface SizeProps {
  readonly preview: Preview | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
  /** A newer rule is being counted, or the rule is not complete: the figure is of the one before. */
  readonly isBehind: boolean;
  /** Why the figure is not of what is on the screen; null where it is, or soon will be. */
  readonly note: string | null;
}

/** How many people are in, of how many: the figure that every edit changes. */
export function SizeSection({ preview, error, onRetry, isBehind, note }: SizeProps) {
  const share = preview?.total ? preview.size / preview.total : 0;
  return (
    <Section title="Size">
      {error && !preview ? (
        <>
          <ErrorNotice error={error} />
          <Button mt="sm" variant="default" size="xs" onClick={onRetry}>
            Count again
          </Button>
        </>
      ) : (
        <div className={isBehind ? `${classes.size} ${classes.behind}` : classes.size} aria-busy={isBehind}>
          <div className={classes.figure} role="status" aria-label="Number of people">
            {preview ? formatCount(preview.size) : <Skeleton w={120} h={40} />}
          </div>
          <div className={classes.share}>
            {preview ? (
              <>
                {preview.size === 1 ? 'person' : 'people'}
                {preview.total !== null && (
                  <>
                    , <Percent part={preview.size} whole={preview.total} /> of {formatCount(preview.total)}
                  </>
                )}
              </>
            ) : (
              <Skeleton w={160} h={14} mt={4} />
            )}
          </div>
          <div className={classes.bar} aria-hidden>
            {share > 0 && <span style={{ width: `${share * 100}%` }} />}
          </div>
          <Text size="xs" c="dimmed">
            {note ??
              (preview ? (
                <>
                  exact, counted <Instant value={preview.at} />
                </>
              ) : (
                'counting'
              ))}
          </Text>
        </div>
      )}
    </Section>
  );
}

/** Ten of the people who are in. */
export function PeopleSection({ preview, isBehind }: Pick<SizeProps, 'preview' | 'isBehind'>) {
  const { slug, currency } = useOrganization();
  const people = preview?.people;
  const title = people && preview.size > people.length ? `${people.length} of them` : 'Who they are';
  return (
    <Section title={title} flush>
      {people === undefined ? (
        <div className={classes.loading}>
          {['a', 'b', 'c', 'd'].map((key) => (
            <Skeleton key={key} h={32} />
          ))}
        </div>
      ) : people.length === 0 ? (
        <Text c="dimmed" px={20} py="md" size="sm">
          Nobody fulfils these conditions.
        </Text>
      ) : (
        <ul className={isBehind ? `${classes.people} ${classes.behind}` : classes.people}>
          {people.map((person) => {
            const names = [person.firstName, person.lastName].filter((part) => part).join(' ');
            const address = person.email ?? person.phone ?? person.externalId ?? '';
            return (
              <li key={person.id}>
                <div className={classes.person}>
                  <TextLink to="/o/$org/customers/$id" params={{ org: slug, id: person.id }}>
                    {names || address}
                  </TextLink>
                  {names !== '' && <span className={classes.address}>{address}</span>}
                </div>
                {person.rollups.orderCount > 0 && (
                  <div className={classes.orders}>
                    <Money amount={person.rollups.revenue} currency={currency} />
                    <span>
                      {formatCount(person.rollups.orderCount)} {person.rollups.orderCount === 1 ? 'order' : 'orders'}
                    </span>
                  </div>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
