import { BSON, type Timestamp } from 'mongodb';
import type { StreamStart } from '../live/change-stream.ts';

/** Where in the stream the columns stand, as it is saved with them. */
export interface SavedPlace {
  readonly start: StreamStart;
  /** The time of the last write that they know: a database that is older than this is another one. */
  readonly seen: Timestamp;
}

/** A place as text. */
export const writePlace = (place: SavedPlace): string => BSON.EJSON.stringify(place, { relaxed: false });

/** The place of a text; null for none and for one that can't be read. */
export function readPlace(text: string | undefined): SavedPlace | null {
  if (text === undefined) return null;
  try {
    const place = BSON.EJSON.parse(text) as SavedPlace;
    return place.start && place.seen ? place : null;
  } catch {
    return null;
  }
}
