import { Skeleton, Text } from '@mantine/core';
import { formatCount } from '../../components/format-number.ts';
import { TextLink } from '../../components/links.tsx';
import { Money } from '../../components/numbers.tsx';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import classes from './size-section.module.css';
import type { Preview } from './use-preview.ts';

interface PeopleProps {
  readonly preview: Preview | undefined;
  readonly isBehind: boolean;
}

/** Ten of the people who are in. */
export function PeopleSection({ preview, isBehind }: PeopleProps) {
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
          {people.map((person) => (
            <Person key={person.id} person={person} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Person({ person }: { readonly person: Preview['people'][number] }) {
  const { slug, currency } = useOrganization();
  const names = [person.firstName, person.lastName].filter((part) => part).join(' ');
  const address = person.email ?? person.phone ?? person.externalId ?? '';
  const { orderCount, revenue } = person.rollups;
  return (
    <li>
      <div className={classes.person}>
        <TextLink
          className={classes.open ?? ''}
          to="/o/$org/customers/$id"
          params={{ org: slug, id: person.id }}
          title={names || address}
        >
          {names || address}
        </TextLink>
        {names !== '' && <span className={classes.address}>{address}</span>}
      </div>
      {orderCount > 0 && (
        <div className={classes.orders}>
          <Money amount={revenue} currency={currency} />
          <span>
            {formatCount(orderCount)} {orderCount === 1 ? 'order' : 'orders'}
          </span>
        </div>
      )}
    </li>
  );
}
