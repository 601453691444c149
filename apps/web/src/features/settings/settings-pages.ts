import type { Action } from '@mini-crm/domain';

export interface SettingsEntry {
  readonly label: string;
  /** Below `/o/<slug>/settings`; empty for the first page. */
  readonly path: string;
  /** What the page is for; it is left out for roles that may not do this. */
  readonly needs?: Action;
}

export interface SettingsGroup {
  readonly title: string;
  readonly entries: readonly SettingsEntry[];
}

const groups: readonly SettingsGroup[] = [
  {
    title: 'Organization',
    entries: [
      { label: 'General', path: '' },
      { label: 'Members', path: '/members' },
    ],
  },
  {
    title: 'Sending',
    entries: [
      { label: 'Senders', path: '/senders', needs: 'senders.list' },
      { label: 'Sending rules', path: '/sending' },
      { label: 'Suppressions', path: '/suppressions' },
    ],
  },
  {
    title: 'Data',
    entries: [
      { label: 'Attributes', path: '/attributes' },
      { label: 'Events', path: '/events' },
      { label: 'API keys', path: '/api-keys', needs: 'apiKeys.list' },
      { label: 'Retention', path: '/retention' },
    ],
  },
  { title: 'You', entries: [{ label: 'Your profile', path: '/profile' }] },
];

/**
 * The pages of the settings that are of use to a role, by what they are about. The open page is among them whatever the
 * role: a link from elsewhere may lead to it, and it says itself who may do what.
 */
export function settingsGroups(can: (action: Action) => boolean, openPath: string): readonly SettingsGroup[] {
  const shown = ({ needs, path }: SettingsEntry) => needs === undefined || can(needs) || path === openPath;
  return groups
    .map(({ title, entries }) => ({ title, entries: entries.filter(shown) }))
    .filter(({ entries }) => entries.length > 0);
}
