import type { ApiScope } from '@mini-crm/domain';

/** What scopes are called on the screen, and what each lets a program do. */
export const apiScopeWords: Record<ApiScope, { readonly name: string; readonly may: string }> = {
  'customers:read': { name: 'Read customers', may: 'Finds customers by their ids and addresses.' },
  'customers:write': { name: 'Write customers', may: 'Adds and changes customers, and records consents.' },
  'events:write': {
    name: 'Send events',
    may: 'Sends orders, refunds and events. A customer who is not known yet is added.',
  },
  'deliveries:report': {
    name: 'Report deliveries',
    may: 'Says what became of messages: delivered, bounced, reported as spam. Bounces and reports suppress the address.',
  },
  'messages:send': {
    name: 'Send messages',
    may: 'Sends one message at a time by a published template, and reads what became of it.',
  },
};
