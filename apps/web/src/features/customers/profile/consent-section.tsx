import { Alert, Button } from '@mantine/core';
import { type Channel, channels } from '@mini-crm/domain';
import { IconBan } from '@tabler/icons-react';
import { useState } from 'react';
import { formatDay } from '../../../components/format-instant.ts';
import { Section } from '../../../components/section.tsx';
import { useOrganization } from '../../../organization.tsx';
import { ConsentBadge, channelNames } from '../consent-badge.tsx';
import { ConsentPanel } from './consent-panel.tsx';
import { consentOrigin, suppressionWords } from './consent-words.ts';
import classes from './profile.module.css';
import type { CustomerProfile } from './profile-page.tsx';

/** What the customer allowed on each channel, with its proof and what it was before. */
export function ConsentSection({ customer }: { readonly customer: CustomerProfile }) {
  const { can } = useOrganization();
  const [recording, setRecording] = useState<Channel | null>(null);
  return (
    <Section title="Consent">
      <ul className={classes.consents}>
        {channels.map((channel) => (
          <li key={channel}>
            <div className={classes.channel}>
              <h3>{channelNames[channel]}</h3>
              <ConsentBadge state={customer.consents[channel]?.state} />
            </div>
            <ChannelConsent customer={customer} channel={channel} />
            {can('customers.setConsent') && (
              <Button size="xs" variant="default" mt={8} onClick={() => setRecording(channel)}>
                {customer.consents[channel]?.state === 'granted' ? 'Record a withdrawal' : 'Record a consent'}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConsentPanel customer={customer} channel={recording} onClose={() => setRecording(null)} />
    </Section>
  );
}

function ChannelConsent({ customer, channel }: { readonly customer: CustomerProfile; readonly channel: Channel }) {
  const { zone } = useOrganization();
  const [showsPast, setShowsPast] = useState(false);
  const consent = customer.consents[channel];
  const past = customer.pastConsents.filter((one) => one.channel === channel);
  const suppressions = customer.suppressions.filter((one) => one.channel === channel);
  return (
    <>
      {consent ? (
        <div className={classes.quiet}>
          {formatDay(consent.at, { zone })} · {consent.how} · {consentOrigin(consent.source)}
        </div>
      ) : (
        <div className={classes.quiet}>Nobody knows whether they want this, so marketing leaves them out.</div>
      )}
      {suppressions.map(({ scope, reason }) => (
        <Alert key={scope} color={scope === 'all' ? 'red' : 'amber'} mt={8} p="xs" icon={<IconBan size={16} />}>
          {suppressionWords(reason, scope)}
        </Alert>
      ))}
      {past.length > 0 && (
        <Button variant="subtle" color="gray" size="compact-xs" ml={-7} mt={4} onClick={() => setShowsPast(!showsPast)}>
          {showsPast ? 'Hide what it was before' : `Before: ${past.length}`}
        </Button>
      )}
      {showsPast && (
        <ol className={classes.history}>
          {past.map((one) => (
            <li key={`${one.at} ${one.state} ${one.how}`} className={classes.quiet}>
              <strong>{one.state === 'granted' ? 'Granted' : 'Withdrawn'}</strong> {formatDay(one.at, { zone })} ·{' '}
              {one.how} · {consentOrigin(one.source)}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
