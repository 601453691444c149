import { instantOf } from '@mini-crm/domain';
import { Instant } from '../../../components/instant.tsx';
import { useOrganization } from '../../../organization.tsx';

/** A property of an event as it is read: yes and no, numbers as they are, an instant in the organization's zone. */
export function PropertyValue({ value }: { readonly value: string | number | boolean }) {
  const { zone } = useOrganization();
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return value.toLocaleString('en', { maximumFractionDigits: 4 });
  return instantOf(value) === null ? value : <Instant value={value} zone={zone} />;
}
