import { type MantineColorScheme, Menu, SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconLogout, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import classes from './app-frame.module.css';
import type { Me } from './app-frame-types.ts';

const schemes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'System' },
] satisfies { value: MantineColorScheme; label: string }[];

/** Who is signed in, the colour scheme, and the way out. */
export function MeMenu({ name, email, profileHref, onSignOut }: Me) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <button type="button" className={classes.switcher} style={{ width: 44 }}>
          <span className={classes.face} aria-hidden>
            {initials(name)}
          </span>
          <VisuallyHidden>Account of {name}</VisuallyHidden>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: '8px 12px' }}>
          <div style={{ fontWeight: 500, overflowWrap: 'anywhere' }}>{name}</div>
          <div style={{ color: 'var(--mantine-color-dimmed)', fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
            {email}
          </div>
        </div>
        <Menu.Divider />
        <div style={{ padding: '6px 12px 8px' }}>
          <SegmentedControl
            fullWidth
            aria-label="Colour scheme"
            data={schemes}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as MantineColorScheme)}
          />
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to={profileHref} leftSection={<IconUser size={16} stroke={1.7} />}>
          Your profile
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={onSignOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** `AL` of Ann Lee, `A` of Ann. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => Array.from(word ?? '')[0]?.toLocaleUpperCase() ?? '').join('');
}
