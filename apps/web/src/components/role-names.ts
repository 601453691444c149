import type { Role } from '@mini-crm/domain';

/** What roles are called on the screen, and what each may do. */
export const roleNames: Record<Role, { readonly name: string; readonly may: string }> = {
  owner: { name: 'Owner', may: 'Everything, and makes and removes other owners.' },
  admin: { name: 'Admin', may: 'Everything but owners: settings, members, exports.' },
  marketer: { name: 'Marketer', may: 'Works on customers, segments and campaigns, and sends.' },
  analyst: { name: 'Analyst', may: 'Reads everything, changes nothing.' },
};
