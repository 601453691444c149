import { compileNumber, type ResolvedEngagement } from '@mini-crm/domain';
import { differing } from './behaviour-sql.ts';
import { numberSql, someOrNone } from './number-sql.ts';
import { rangeSql, type SqlContext } from './test-sql.ts';

/** How many messages to the customers `k` count, held against the test. */
export function engagementSql(node: ResolvedEngagement, context: SqlContext): string {
  const { campaignId, range, test } = node;
  const { to, only, table } = context;
  const { instant, also } = instantSql(node);
  const conditions = [
    rangeSql(instant, { operator: 'within', range }, (end) => to.integer(end)),
    ...also,
    ...(campaignId === null ? [] : [`x.campaign = ${to.text(campaignId)}`]),
    ...(only === null ? [] : [`x.c = ${only}`]),
  ];
  const messages = `SELECT x.c FROM ${table('deliveries')} x WHERE ${conditions.join(' AND ')}`;
  const idle = compileNumber(test)(0, 1);
  if (someOrNone(test) !== null) return differing(idle, messages);
  const holds = numberSql({ n: 'count(*)' }, test, to);
  return differing(idle, `${messages} GROUP BY x.c HAVING ${idle ? `NOT (${holds})` : holds}`);
}

/** When a message did what is asked (NULL where it never did), and what else has to be. */
function instantSql({ kind, includeMachine }: ResolvedEngagement): { instant: string; also: readonly string[] } {
  const opened = includeMachine ? 'least(x.opened, x.machine_opened)' : 'x.opened';
  const clicked = includeMachine ? 'least(x.clicked, x.machine_clicked)' : 'x.clicked';
  switch (kind) {
    case 'sent':
      return { instant: 'x.ms', also: ['x.sent'] };
    case 'delivered':
      return { instant: 'x.delivered', also: [] };
    case 'opened':
      return { instant: opened, also: [] };
    case 'clicked':
      return { instant: clicked, also: [] };
    case 'bounced':
      return { instant: 'x.bounced', also: [] };
    case 'unsubscribed':
      return { instant: 'x.unsubscribed', also: [] };
    case 'sentNotOpened':
      return { instant: 'x.ms', also: ['x.sent', `${opened} IS NULL`] };
    case 'sentNotClicked':
      return { instant: 'x.ms', also: ['x.sent', `${clicked} IS NULL`] };
    default:
      return kind satisfies never;
  }
}
