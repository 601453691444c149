import type { Deps } from '../deps.ts';
import { type TrackingUrls, trackingUrls } from './tracking-urls.ts';

/** The tracking URLs of this installation: signed with SECRET, or with the secret that it keeps in its database. */
export async function openTracking({ database, env }: Pick<Deps, 'database' | 'env'>): Promise<TrackingUrls> {
  return trackingUrls(env.publicUrl, env.SECRET ?? (await database.settings.secret()));
}
