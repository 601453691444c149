import type { OrganizationDatabase } from '@mini-crm/db';
import type { Outcome } from '@mini-crm/domain';
import { type CustomerId, customerName, decideHandOver, fold, type SkipReason } from '@mini-crm/domain';
import type { ChannelMessage } from './channels/channel.ts';
import { personalMessage, type RunMessages } from './personal-message.ts';
import type { Restraint } from './restraint.ts';

/** What is known of a recipient before the hand-over: the message, or why there is none. */
export interface Prepared {
  readonly customerId: CustomerId;
  readonly address: string;
  readonly name: string;
  readonly plan:
    | { readonly type: 'send'; readonly message: ChannelMessage }
    | { readonly type: 'skip'; readonly reason: SkipReason }
    | { readonly type: 'defer'; readonly until: Date }
    | { readonly type: 'end'; readonly outcome: Outcome };
}

/** Looks at each person of a group once more, as they are now and under the organization's own rules, and renders the messages of those who get one. */
export async function prepareGroup(
  db: OrganizationDatabase,
  shared: RunMessages,
  ids: readonly CustomerId[],
  restraint: Pick<Restraint, 'quiet' | 'reserve'> | null = null,
): Promise<Prepared[]> {
  const { customers, suppressed } = await readGroup(db, ids);
  const quiet = restraint?.quiet();
  const decided = ids.map((customerId) => {
    const customer = customers.get(customerId) ?? null;
    const scope = customer?.email ? suppressed.get(fold(customer.email)) : undefined;
    const quietUntil = (customer && quiet?.(customer.timeZone)) ?? null;
    const decision = decideHandOver(customer, scope, shared.run.content.purpose, 'email', quietUntil);
    return { customerId, customer, decision };
  });
  const held = await restraint?.reserve(
    decided.flatMap(({ customer, decision }) => (customer && decision.type === 'send' ? [customer] : [])),
  );
  return decided.map(({ customerId, customer, decision }): Prepared => {
    const who = { customerId, address: decision.address, name: customer ? customerName(customer) : '' };
    if (decision.type === 'skip') return { ...who, plan: { type: 'skip', reason: decision.reason } };
    if (decision.type === 'defer') return { ...who, plan: { type: 'defer', until: decision.until } };
    if (decision.type === 'fail' || customer === null) {
      const reason = decision.type === 'fail' ? decision.reason : 'address_invalid';
      return { ...who, plan: { type: 'end', outcome: { type: 'failed', reason, detail: null } } };
    }
    const hold = held?.get(customerId);
    if (hold) return { ...who, plan: hold.type === 'skip' ? { type: 'skip', reason: 'frequency_cap' } : hold };
    const made = personalMessage(shared, customer, decision.address);
    return { ...who, plan: 'type' in made ? { type: 'end', outcome: made } : { type: 'send', message: made } };
  });
}

/** Recipients without a message, for rows that say why: skipped for `reason`, or with an `outcome`. */
export async function prepareWithout(
  db: OrganizationDatabase,
  ids: readonly CustomerId[],
  plan: Exclude<Prepared['plan'], { type: 'send' }>,
): Promise<Prepared[]> {
  const customers = await db.recipients.of(ids);
  return ids.map((customerId) => {
    const customer = customers.get(customerId);
    return { customerId, address: customer?.email ?? '', name: customer ? customerName(customer) : '', plan };
  });
}

async function readGroup(db: OrganizationDatabase, ids: readonly CustomerId[]) {
  const customers = await db.recipients.of(ids);
  const addresses = [...customers.values()].flatMap(({ email }) => (email ? [fold(email)] : []));
  return { customers, suppressed: await db.suppressions.of('email', addresses) };
}
