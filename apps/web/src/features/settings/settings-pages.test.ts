import { can, type Role } from '@mini-crm/domain';
import { expect, test } from 'vitest';
import { settingsGroups } from './settings-pages.ts';

const labels = (role: Role, openPath = '') =>
  settingsGroups((action) => can(role, action), openPath).flatMap(({ entries }) => entries.map(({ label }) => label));

test('an owner and an admin see every page, once', () => {
  expect(labels('owner')).toEqual([
    'General',
    'Members',
    'Senders',
    'Sending rules',
    'Suppressions',
    'Attributes',
    'Events',
    'API keys',
    'Retention',
    'Your profile',
  ]);
  expect(labels('admin')).toEqual(labels('owner'));
});

test('who may not read senders and keys is not sent to pages without content', () => {
  for (const role of ['marketer', 'analyst'] as const) {
    expect(labels(role)).toEqual(labels('owner').filter((label) => !['Senders', 'API keys'].includes(label)));
  }
});

test('the open page is always in the list', () => {
  expect(labels('analyst', '/api-keys')).toContain('API keys');
  expect(labels('analyst', '/api-keys')).not.toContain('Senders');
});
