import { type Action, accessTo, can, type OrganizationId, type Role } from '@mini-crm/domain';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Outputs } from './trpc.ts';

/** The person who is signed in, with the organizations they belong to. */
export type SignedIn = NonNullable<Outputs['accounts']['me']>;

/** The organization that the address names, and what the reader may do in it. */
export interface ActiveOrganization {
  readonly orgId: OrganizationId;
  readonly slug: string;
  readonly name: string;
  readonly role: Role;
  /** IANA name; what dates of rules and reports are meant in. */
  readonly zone: string;
  readonly currency: string;
  readonly me: SignedIn['user'];
  /** Whether the reader's role may do an action of the permission table. */
  readonly can: (action: Action) => boolean;
  /** Why it may not, for `<ActionButton reason>`; null where it may. */
  readonly refusal: (action: Action) => string | null;
}

const OrganizationContext = createContext<ActiveOrganization | null>(null);

interface OrganizationProviderProps {
  readonly signedIn: SignedIn;
  readonly organization: SignedIn['organizations'][number];
  readonly children: ReactNode;
}

/** Gives everything below `/o/$org` its organization. */
export function OrganizationProvider({ signedIn, organization, children }: OrganizationProviderProps) {
  const value = useMemo<ActiveOrganization>(() => {
    const { id, slug, name, role, timeZone, currency } = organization;
    return {
      orgId: id,
      slug,
      name,
      role,
      zone: timeZone,
      currency,
      me: signedIn.user,
      can: (action) => can(role, action),
      refusal: (action) => (can(role, action) ? null : refusalWords(action)),
    };
  }, [organization, signedIn]);
  return <OrganizationContext value={value}>{children}</OrganizationContext>;
}

/** The organization that the page is about. Throws outside `/o/$org`. */
export function useOrganization(): ActiveOrganization {
  const organization = useContext(OrganizationContext);
  if (organization === null) throw new Error('useOrganization outside of an organization');
  return organization;
}

const plurals: Record<Role, string> = {
  owner: 'owners',
  admin: 'admins',
  marketer: 'marketers',
  analyst: 'analysts',
};

/** `Only owners, admins and marketers can do this.` */
export function refusalWords(action: Action): string {
  const access = accessTo(action);
  const roles = Array.isArray(access) ? (access as readonly Role[]) : [];
  const names = new Intl.ListFormat('en', { type: 'conjunction', style: 'long' }).format(
    roles.map((role) => plurals[role]),
  );
  return `Only ${names} can do this.`;
}
