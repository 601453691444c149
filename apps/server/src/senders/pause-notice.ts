import type { ChannelFault } from '@mini-crm/domain';
import type { PausedCampaign } from '../delivery/engine.ts';
import type { Deps } from '../deps.ts';

const reasons: Readonly<Partial<Record<ChannelFault, string>>> = {
  login_refused: 'The mail server refuses the user name or password.',
  sender_refused: 'The mail server refuses the From address.',
  senders_off: 'All senders are switched off.',
};

/** Mails the owners of an organization that a campaign waits for them, where the system can mail; the app shows it anyway. */
export function pauseNotice({ database, env, mailer, log }: Deps) {
  return async ({ orgId, campaignId, fault, detail }: PausedCampaign): Promise<void> => {
    if (!mailer.configured) return;
    const { accounts } = database;
    const [organization, campaign, memberships] = await Promise.all([
      accounts.organization(orgId),
      database.forOrganization(orgId).campaigns.get(campaignId),
      accounts.members(orgId),
    ]);
    if (!organization || !campaign) return;
    const owners = await accounts.users(memberships.filter(({ role }) => role === 'owner').map(({ userId }) => userId));
    const base = `${env.publicUrl}/o/${organization.slug}`;
    const text = [
      `${reasons[fault] ?? 'The mail server does not take messages.'}${detail ? ` It said: "${detail}".` : ''}`,
      'Everybody who has not got the message yet gets it when the campaign is resumed.',
      `Senders: ${base}/settings/senders\nCampaign: ${base}/campaigns/${campaignId}`,
    ].join('\n\n');
    for (const { email } of owners) {
      await mailer
        .send({ to: email, subject: `"${campaign.name}" is paused: ${organization.name}`, text: `${text}\n` })
        .catch((error) => log.warn({ err: error, orgId, campaignId }, 'an owner was not told of a paused campaign'));
    }
  };
}
