import { Menu, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconCheck, IconSelector } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { Fragment, useId } from 'react';
import { useOrganization } from '../../organization.tsx';
import classes from './settings-nav.module.css';
import { type SettingsGroup, settingsGroups } from './settings-pages.ts';

/** The pages of the settings: a grouped list at the left, or where it has no room beside a page, one button that opens it. */
export function SettingsNav() {
  const { slug, can } = useOrganization();
  const base = `/o/${slug}/settings`;
  const openPath = useLocation({ select: ({ pathname }) => pathname.replace(/\/$/, '').slice(base.length) });
  // The same width as in settings-nav.module.css.
  const narrow = useMediaQuery('(max-width: 1100px)', false, { getInitialValueInEffect: false }) ?? false;
  const props = { base, openPath, groups: settingsGroups(can, openPath) };
  return (
    <nav className={classes.nav} aria-label="Settings">
      {narrow ? <PageMenu {...props} /> : <PageList {...props} />}
    </nav>
  );
}

interface PagesProps {
  readonly base: string;
  readonly openPath: string;
  readonly groups: readonly SettingsGroup[];
}

function PageList({ base, groups }: PagesProps) {
  const id = useId();
  return groups.map(({ title, entries }) => (
    <div key={title} className={classes.group}>
      <div id={`${id}${title}`} className={classes.title}>
        {title}
      </div>
      <ul aria-labelledby={`${id}${title}`}>
        {entries.map(({ label, path }) => (
          <li key={path}>
            <Link
              to={`${base}${path}`}
              className={classes.entry ?? ''}
              activeOptions={{ exact: path === '', includeSearch: false }}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  ));
}

function PageMenu({ base, openPath, groups }: PagesProps) {
  const open = groups.flatMap(({ entries }) => entries).find(({ path }) => path === openPath);
  return (
    <Menu position="bottom-start" width="target">
      <Menu.Target>
        <button type="button" className={classes.open}>
          <span>
            {open?.label ?? 'All settings'}
            <VisuallyHidden>, go to another page of the settings</VisuallyHidden>
          </span>
          <IconSelector size={16} stroke={1.7} color="var(--mantine-color-dimmed)" aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu ?? ''}>
        {groups.map(({ title, entries }) => (
          <Fragment key={title}>
            <Menu.Label className={classes.menuTitle ?? ''}>{title}</Menu.Label>
            {entries.map(({ label, path }) => (
              <Menu.Item
                key={path}
                component={Link}
                to={`${base}${path}`}
                className={classes.menuEntry ?? ''}
                activeOptions={{ exact: path === '', includeSearch: false }}
                rightSection={path === openPath ? <IconCheck size={16} aria-hidden /> : null}
              >
                {label}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
