import type { Deps } from '../deps.ts';
import { type TrackingUrls, trackingUrls } from './tracking-urls.ts';

type TrackingDeps = Pick<Deps, 'database' | 'env'>;

/** The tracking URLs of this installation. */
export async function openTracking(deps: TrackingDeps): Promise<TrackingUrls> {
  return trackingUrls(deps.env.publicUrl, await trackingSecret(deps));
}

/** What they are signed with: SECRET, or the secret that the installation keeps in its database. */
export const trackingSecret = async ({ database, env }: TrackingDeps): Promise<string> =>
  env.SECRET ?? (await database.settings.secret());
