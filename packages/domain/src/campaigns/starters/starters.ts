import { announcement } from './announcement.ts';
import { letter } from './letter.ts';
import { newsletter } from './newsletter.ts';
import { offer } from './offer.ts';
import type { Starter } from './starter.ts';

/** The messages that the editor offers; a new campaign begins with the first. */
export const starters: readonly [Starter, ...Starter[]] = [announcement, offer, newsletter, letter];
