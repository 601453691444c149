import { z } from 'zod';

// A lone surrogate can't be written as UTF-8 and NUL ends a C string in half of the world's databases: both are refused.
const unstorable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Whether every code unit of a text can be stored and sent: no NUL and no lone surrogate. */
export const isStorableText = (text: string): boolean => !unstorable.test(text);

/** A trimmed text of at most `max` UTF-16 units that can be stored. */
export const plainText = (max: number) =>
  z.string().trim().max(max).refine(isStorableText, { message: 'unstorable text' });

/** A text of one line, as a header or a name needs: `plainText` without line breaks. */
export const oneLine = (max: number) =>
  plainText(max).refine((text) => !/[\r\n]/.test(text), { message: 'line break' });

/** An e-mail address as it was written (its case is kept; uniqueness is over the folded form). At most 254 characters, RFC 5321 4.5.3.1. */
export const emailAddressSchema = oneLine(254).pipe(z.email());
