import type { Channel } from '@mini-crm/domain';
import { tableIn } from './layout.ts';

/** Whether marketing reaches a customer on a channel: an address, consent, and no suppression of the address. Never null. */
export function reachSql(catalog: string, channel: Channel): string {
  const address = channel === 'email' ? 'email' : 'phone';
  const suppressed = `SELECT address FROM ${tableIn(catalog, 'suppressions')} WHERE channel = '${channel}' AND address IS NOT NULL`;
  return `(${address} IS NOT NULL AND coalesce(consent_${channel} = 'granted', false) AND ${address} NOT IN (${suppressed}))`;
}
