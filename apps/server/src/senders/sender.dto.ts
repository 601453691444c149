import type { SenderDocument } from '@mini-crm/db';
import { dkimRecord } from '@mini-crm/domain';

/** A sender as people see it: no secret leaves the server. */
export function senderView({ _id, name, enabled, way, throttle, version, trouble }: SenderDocument) {
  return { id: _id, name, enabled, throttle, version, trouble, way: wayView(way) };
}

function wayView(way: SenderDocument['way']) {
  if (way.type === 'webhook') return { type: way.type, url: way.url };
  const { type, host, port, tls, user, password, dkim } = way;
  if (!dkim) return { type, host, port, tls, user, hasPassword: password !== null, dkim: null };
  const { domain, selector, algorithm } = dkim;
  const signature = { domain, selector, algorithm, record: dkimRecord(dkim) };
  return { type, host, port, tls, user, hasPassword: password !== null, dkim: signature };
}
