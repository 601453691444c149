import { Group } from '@mantine/core';
import type { Attribute, AttributeValue as StoredValue } from '@mini-crm/domain';
import { formatCivilDate } from '../../../components/format-instant.ts';
import { Instant } from '../../../components/instant.tsx';
import { Money } from '../../../components/numbers.tsx';
import classes from './attribute-value.module.css';

interface AttributeValueProps {
  readonly attribute: Attribute;
  readonly value: StoredValue | string;
}

/** One value as its type is read. */
export function AttributeValue({ attribute, value }: AttributeValueProps) {
  if (Array.isArray(value)) {
    return (
      <Group gap={4}>
        {(value as readonly string[]).map((item) => (
          <span key={item} className={classes.item} dir="auto">
            {item}
          </span>
        ))}
      </Group>
    );
  }
  switch (attribute.type) {
    case 'boolean':
      return value === true ? 'Yes' : 'No';
    case 'number':
      return (
        <span className="figures">
          {new Intl.NumberFormat(undefined, { maximumFractionDigits: 4 }).format(Number(value))}
        </span>
      );
    case 'date':
      return formatCivilDate(String(value));
    case 'datetime':
      return <Instant value={value as string} />;
    case 'money': {
      const { amount, currency } = value as { amount: number; currency: string };
      return <Money amount={amount} currency={currency} />;
    }
    default:
      return (
        <span dir="auto" style={{ whiteSpace: 'pre-line' }}>
          {String(value)}
        </span>
      );
  }
}
