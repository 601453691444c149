import type { ComponentType } from 'react';

export type Icon = ComponentType<{ size?: number; stroke?: number }>;

export interface RailEntry {
  /** A path of the app. */
  readonly href: string;
  readonly label: string;
  readonly icon: Icon;
  /** Only this very path counts as being there, not the ones below it. */
  readonly exact?: boolean;
  /** A path of another name whose pages belong to it too. */
  readonly also?: string;
}

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

/** Something that goes on in the background: an import, a sending. */
export interface RunningJob {
  readonly id: string;
  readonly label: string;
  /** "12,400 of 23,570" */
  readonly detail: string;
  /** Between 0 and 1; null where the end is not known. */
  readonly progress: number | null;
  readonly href: string;
}

export interface Organizations {
  readonly current: { readonly slug: string; readonly name: string };
  readonly all: readonly { readonly slug: string; readonly name: string; readonly role: string }[];
  readonly onChoose: (slug: string) => void;
  readonly onNew: () => void;
  readonly settingsHref: string;
}

export interface Me {
  readonly name: string;
  readonly email: string;
  readonly profileHref: string;
  readonly onSignOut: () => void;
}

export interface AppFrameProps {
  readonly organizations: Organizations;
  readonly entries: readonly RailEntry[];
  readonly lowerEntries: readonly RailEntry[];
  readonly crumbs: readonly Crumb[];
  readonly running: readonly RunningJob[];
  readonly reconnecting: boolean;
  readonly onSearch: () => void;
  readonly me: Me;
}
