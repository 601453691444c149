import type { Role } from './role.ts';

/** Who may call a procedure: anybody, anybody who is signed in, or the named roles of the organization that the input names. */
export type Access = 'public' | 'signed-in' | readonly Role[];

const managers = ['owner', 'admin'] as const;
const workers = ['owner', 'admin', 'marketer'] as const;
const everyone = ['owner', 'admin', 'marketer', 'analyst'] as const;

/**
 * The one permission table, keyed by the path of the procedure (or, for a plain HTTP route, by the action it stands for).
 * The server refuses what is not listed here; the web app asks the same table which buttons to show.
 */
export const permissions = {
  'accounts.me': 'public',
  'accounts.signUp': 'public',
  'accounts.signIn': 'public',
  'accounts.signOut': 'public',
  'accounts.requestPasswordReset': 'public',
  'accounts.resetPassword': 'public',
  'accounts.invitation': 'public',
  'accounts.acceptInvitation': 'public',
  'accounts.updateProfile': 'signed-in',
  'accounts.changePassword': 'signed-in',
  'accounts.sessions': 'signed-in',
  'accounts.signOutOthers': 'signed-in',
  'accounts.createOrganization': 'signed-in',

  'organization.get': everyone,
  'organization.update': managers,
  'organization.updateSending': managers,
  'members.list': everyone,
  'members.invite': managers,
  'members.revokeInvitation': managers,
  'members.changeRole': managers,
  'members.remove': managers,
  'members.leave': everyone,

  'live.changes': everyone,
  'search.everything': everyone,

  'attributes.list': everyone,
  'attributes.create': workers,
  'attributes.update': workers,
  'attributes.remove': managers,

  'apiKeys.list': managers,
  'apiKeys.create': managers,
  'apiKeys.revoke': managers,
  'senders.list': managers,
  'senders.create': managers,
  'senders.update': managers,
  'senders.remove': managers,
  'senders.reorder': managers,
  'senders.test': managers,
  'senders.notices': everyone,
  'eventTypes.list': everyone,
  'eventTypes.counts': everyone,
  'eventTypes.declareType': workers,
  'eventTypes.declareProperty': workers,
  'eventTypes.labelType': workers,
  'eventTypes.labelProperty': workers,
  'eventTypes.removeType': managers,
  'eventTypes.removeProperty': managers,
  'ingest.customers': workers,
  'ingest.orders': workers,
  'ingest.refunds': workers,
  'ingest.events': workers,
  'ingest.deliveryEvents': workers,

  'customers.list': everyone,
  'customers.count': everyone,
  'customers.get': everyone,
  'customers.timeline': everyone,
  'customers.create': workers,
  'customers.update': workers,
  'customers.remove': workers,
  'customers.setConsent': workers,
  'customers.logInteraction': workers,
  'customers.export': managers,

  'imports.limits': everyone,
  'imports.list': everyone,
  'imports.open': everyone,
  'imports.get': everyone,
  'imports.upload': workers,
  'imports.inspect': workers,
  'imports.start': workers,
  'imports.cancel': workers,
  'imports.refused': workers,

  'segments.list': everyone,
  'segments.get': everyone,
  'segments.fields': everyone,
  'segments.preview': everyone,
  'segments.size': everyone,
  'segments.overlap': everyone,
  'segments.uses': everyone,
  'segments.members': everyone,
  'segments.history': everyone,
  'segments.explain': everyone,
  'segments.of': everyone,
  'segments.create': workers,
  'segments.save': workers,
  'segments.duplicate': workers,
  'segments.archive': workers,
  'segments.unarchive': workers,
  'segments.snapshot': workers,
  'segments.createList': workers,
  'segments.addMembers': workers,
  'segments.removeMembers': workers,
  'segments.uploadMembers': workers,
  'segments.remove': workers,
  'segments.export': managers,

  'campaigns.list': everyone,
  'campaigns.get': everyone,
  'campaigns.create': workers,
  'campaigns.save': workers,
  'campaigns.remove': workers,
  'campaigns.duplicate': workers,
  'campaigns.waterfall': everyone,
  'campaigns.zones': everyone,
  'campaigns.preview': everyone,
  'campaigns.sendTest': workers,
  'campaigns.check': everyone,
  'campaigns.schedule': workers,
  'campaigns.unschedule': workers,
  'campaigns.launch': workers,
  'campaigns.pause': workers,
  'campaigns.resume': workers,
  'campaigns.cancel': workers,

  'templates.list': everyone,
  'templates.get': everyone,
  'templates.create': workers,
  'templates.save': workers,
  'templates.duplicate': workers,
  'templates.preview': everyone,
  'templates.sendTest': workers,
  'templates.publish': workers,
  'templates.archive': workers,
  'templates.unarchive': workers,
  'templates.remove': workers,
  'messages.send': workers,

  'reports.campaign': everyone,
  'reports.sendAgain': workers,
  'reports.listOfSent': workers,
  'reports.exportLinks': everyone,
  'reports.exportRecipients': managers,
  'messages.list': everyone,
  'messages.count': everyone,
  'messages.get': everyone,
  'messages.interaction': everyone,
  'messages.copy': everyone,
  'messages.export': managers,
  'retention.get': everyone,
  'retention.preview': everyone,
  'retention.set': managers,
  'outbox.state': everyone,
  'outbox.list': everyone,
  'outbox.get': everyone,
  'suppressions.list': everyone,
  'suppressions.add': managers,
  'suppressions.remove': managers,
  'home.overview': everyone,
  'home.activity': everyone,
  'demo.state': everyone,
  'demo.fill': managers,
  'demo.remove': managers,
} as const satisfies Record<string, Access>;

export type Action = keyof typeof permissions;

/** The access that the table gives an action, or null for one it does not know (which is then refused). */
export function accessTo(action: string): Access | null {
  return Object.hasOwn(permissions, action) ? permissions[action as Action] : null;
}

/** Whether a role may do an action of its organization. */
export function can(role: Role, action: Action): boolean {
  const access: Access = permissions[action];
  return typeof access === 'string' || access.includes(role);
}

/** The roles that a member may give to, or take from, others: an admin can't make or unmake owners. */
export function grantableRoles(role: Role): readonly Role[] {
  if (role === 'owner') return everyone;
  if (role === 'admin') return ['admin', 'marketer', 'analyst'];
  return [];
}
