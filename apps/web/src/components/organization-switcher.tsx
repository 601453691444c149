import { Menu, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconPlus, IconSelector, IconSettings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import classes from './app-frame.module.css';
import type { Organizations } from './app-frame-types.ts';

/** Which organization one works in; the others one belongs to, and a new one. */
export function OrganizationSwitcher(props: Organizations & { readonly small?: boolean }) {
  const { current, all, onChoose, onNew, settingsHref, small = false } = props;
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button type="button" className={classes.switcher}>
          <Monogram name={current.name} />
          <VisuallyHidden>Organization {current.name}, switch</VisuallyHidden>
          {!small && (
            <>
              <span className={classes.name} aria-hidden>
                {current.name}
              </span>
              <IconSelector size={16} stroke={1.7} color="var(--mantine-color-dimmed)" aria-hidden />
            </>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Organizations</Menu.Label>
        {all.map((organization) => (
          <Menu.Item
            key={organization.slug}
            leftSection={<Monogram name={organization.name} />}
            rightSection={organization.slug === current.slug ? <IconCheck size={16} aria-label="current" /> : null}
            onClick={() => onChoose(organization.slug)}
          >
            <div style={{ fontWeight: 500, overflowWrap: 'anywhere' }}>{organization.name}</div>
            <div style={{ color: 'var(--mantine-color-dimmed)', fontSize: '0.75rem' }}>{organization.role}</div>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to={settingsHref} leftSection={<IconSettings size={16} stroke={1.7} />}>
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<IconPlus size={16} stroke={1.7} />} onClick={onNew}>
          New organization
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The first letter of a name in a square of the accent. */
export function Monogram({ name }: { readonly name: string }) {
  return (
    <span className={classes.monogram} aria-hidden>
      {Array.from(name.trim())[0]?.toLocaleUpperCase() ?? '·'}
    </span>
  );
}
