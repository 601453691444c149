import { useMatches } from '@tanstack/react-router';
import type { Crumb } from '../../components/app-frame-types.ts';

/** Where one is: the names of the routes that match, a loader's `crumb` before the route's own. */
export function useCrumbs(): readonly Crumb[] {
  const matches = useMatches();
  return matches.flatMap((match) => {
    const label = crumbOf(match.loaderData) ?? match.staticData?.crumb;
    return label === undefined ? [] : [{ label, href: match.pathname }];
  });
}

function crumbOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('crumb' in data)) return undefined;
  return typeof data.crumb === 'string' ? data.crumb : undefined;
}
