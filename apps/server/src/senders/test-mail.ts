import { newId } from '@mini-crm/db';
import {
  type CampaignFault,
  type DomainError,
  err,
  type Outcome,
  ok,
  type Result,
  type SenderId,
} from '@mini-crm/domain';
import { openSender } from '../delivery/channels/open-sender.ts';
import type { OrganizationContext } from '../trpc.ts';
import { openSecretBox } from './secret-box.ts';

// Somebody waits for the answer.
const timeoutMs = 15_000;
const testsAnHour = 60;

/** What a test came to: where the mail went, and what the provider said. */
export interface SenderTest {
  readonly to: string;
  readonly outcome: Outcome;
}

/**
 * Sends a mail to the person who asks, by this very sender, on or off. One that works again is tried by all workers at once,
 * whatever it was in trouble with.
 */
export async function testSender(ctx: OrganizationContext, id: SenderId): Promise<Result<SenderTest, DomainError>> {
  const { env, database, now } = ctx.deps;
  const sender = await ctx.db.senders.get(id);
  if (!sender) return err({ code: 'not_found' });
  const { fromName, fromEmail, replyTo } = ctx.organization.sender;
  if (fromEmail === '') {
    const missing: CampaignFault = { code: 'from_email_missing', path: ['sender', 'fromEmail'] };
    return err({ code: 'campaign_not_ready', details: { faults: [missing] } });
  }
  if ((await database.accounts.countUse(`test-mail:${ctx.user.id}`, 3600)) > testsAnHour) {
    return err({ code: 'too_many_requests' });
  }
  const to = ctx.user.email;
  const channel = openSender(sender, { env, now, timeoutMs, box: await openSecretBox(ctx.deps) });
  const words = `This is a test of the sender “${sender.name}” of ${ctx.organization.name}. It arrived: messages can go out by it.`;
  const [outcome] = await channel.send([
    {
      id: `${newId('outboxMessage')}@${fromEmail.split('@').at(-1)}`,
      orgId: ctx.db.orgId,
      campaignId: null,
      customerId: null,
      from: { name: fromName, address: fromEmail },
      replyTo,
      to,
      subject: `Test of the sender “${sender.name}”`,
      html: `<p>${words.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)}</p>`,
      text: words,
      headers: {},
    },
  ]);
  await channel.close();
  if (!outcome) throw new Error('a channel did not answer for its message');
  ctx.log.info({ senderId: id, outcome }, 'sender tested');
  const { name, enabled, throttle, way, version } = sender;
  if (outcome.type === 'sent' && sender.trouble) {
    await ctx.db.senders.change(id, version, { name, enabled, throttle, way }, now());
  } else if (outcome.type === 'unavailable') {
    const { fault, detail } = outcome;
    await ctx.db.senders.noteTrouble(id, version, { fault, detail, since: now(), until: now() });
  }
  return ok({ to, outcome });
}
