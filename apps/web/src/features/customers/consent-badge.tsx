import type { Channel } from '@mini-crm/domain';
import { StateBadge } from '../../components/state-badge.tsx';

export const channelNames: Record<Channel, string> = { email: 'E-mail', sms: 'SMS' };

/** A consent as a dot and a word. */
export function ConsentBadge({ state }: { readonly state: 'granted' | 'withdrawn' | undefined }) {
  if (state === 'granted') return <StateBadge tone="success">Granted</StateBadge>;
  if (state === 'withdrawn') return <StateBadge tone="danger">Withdrawn</StateBadge>;
  return (
    <StateBadge tone="neutral" hollow>
      Not asked
    </StateBadge>
  );
}
