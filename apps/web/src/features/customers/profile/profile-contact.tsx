import { Anchor } from '@mantine/core';
import { IconHash, IconMail, IconPhone } from '@tabler/icons-react';
import { CopyIcon } from './copy-icon.tsx';
import classes from './profile.module.css';
import type { CustomerProfile } from './profile-page.tsx';

/** How the customer is reached, below their name. */
export function ProfileContact({ customer: { email, phone, externalId } }: { readonly customer: CustomerProfile }) {
  return (
    <div className={classes.contact}>
      {email && (
        <span>
          <IconMail size={15} stroke={1.7} aria-label="E-mail" />
          <Anchor inherit href={`mailto:${encodeURIComponent(email)}`}>
            {email}
          </Anchor>
          <CopyIcon value={email} label="e-mail address" />
        </span>
      )}
      {phone && (
        <span>
          <IconPhone size={15} stroke={1.7} aria-label="Phone" />
          <Anchor inherit href={`tel:${phone}`}>
            {phone}
          </Anchor>
        </span>
      )}
      {externalId && (
        <span>
          <IconHash size={15} stroke={1.7} aria-label="External id" />
          {externalId}
        </span>
      )}
    </div>
  );
}
