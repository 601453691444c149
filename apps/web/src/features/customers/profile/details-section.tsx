import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Instant } from '../../../components/instant.tsx';
import { KeyValues } from '../../../components/key-values.tsx';
import { Section } from '../../../components/section.tsx';
import { useOrganization } from '../../../organization.tsx';
import { trpc } from '../../../trpc.ts';
import { AttributeValue } from './attribute-value.tsx';
import classes from './profile.module.css';
import type { CustomerProfile } from './profile-page.tsx';

interface DetailsSectionProps {
  readonly customer: CustomerProfile;
  readonly onEdit: () => void;
}

/** The attributes that have a value, and what the system knows; how many have none is said, not listed. */
export function DetailsSection({ customer, onEdit }: DetailsSectionProps) {
  const { orgId, can } = useOrganization();
  const catalogue = trpc.attributes.list.useQuery({ orgId });
  const known = (catalogue.data ?? []).filter(({ slug }) => customer.attributes[slug] !== undefined);
  const unknown = (catalogue.data?.length ?? 0) - known.length;
  const rows: (readonly [string, ReactNode])[] = [
    ...known.map((attribute): readonly [string, ReactNode] => [
      attribute.label,
      <AttributeValue
        key={attribute.slug}
        attribute={attribute}
        value={customer.attributes[attribute.slug] as string}
      />,
    ]),
    ...(customer.timeZone ? [['Time zone', customer.timeZone.replaceAll('_', ' ')] as const] : []),
    ...(customer.locale ? [['Language', languageName(customer.locale)] as const] : []),
    ['Added', <Instant key="added" value={customer.createdAt} />],
    ['Changed', <Instant key="changed" value={customer.updatedAt} />],
  ];
  return (
    <Section title="Details">
      <KeyValues items={rows} />
      {unknown > 0 && (
        <div className={classes.quiet} style={{ marginTop: 12 }}>
          {unknown === 1 ? 'One attribute has' : `${unknown} attributes have`} no value.{' '}
          {can('customers.update') && (
            <Button variant="subtle" size="compact-xs" onClick={onEdit}>
              Fill in
            </Button>
          )}
        </div>
      )}
    </Section>
  );
}

function languageName(locale: string): string {
  try {
    return new Intl.DisplayNames(undefined, { type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}
