import type { MessagePosition } from '@mini-crm/db';
import { z } from 'zod';

const cursorSchema = z.tuple([z.number().int().min(-8.64e15).max(8.64e15), z.string().max(200)]);

/** Where the log goes on, as an opaque text. */
export const writeMessageCursor = ({ at, id }: MessagePosition): string =>
  Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url');

/** The position of a cursor; null for one that is damaged. */
export function readMessageCursor(cursor: string): MessagePosition | null {
  try {
    const [at, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { at: new Date(at), id };
  } catch {
    return null;
  }
}
