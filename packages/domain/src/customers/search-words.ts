import { fold } from '../text/fold.ts';
import type { CustomerFields } from './customer.ts';

const maximumWord = 60;
const maximumTerms = 8;
const separators = /[\s,;]+/;
const ascii = /^\p{ASCII}*$/u;

/** The form in which search compares: folded, and Latin letters without their accents, so that `jose` finds `José`. */
function searchForm(text: string): string {
  const folded = fold(text);
  // An import makes these words by the hundred thousand, and most have nothing to take off.
  if (ascii.test(folded)) return folded;
  return folded
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
}

const cut = (word: string): string => (word.length <= maximumWord ? word : [...word].slice(0, maximumWord).join(''));

/**
 * The words by whose prefixes search finds a customer: the names (also without
 * a bracket or quote before them) and what follows a hyphen or an apostrophe in them, the
 * address and the part behind its @, the phone with and without its plus, the external id and its words.
 */
export function searchWords(
  fields: Pick<CustomerFields, 'firstName' | 'lastName' | 'email' | 'phone' | 'externalId'>,
): string[] {
  const words = new Set<string>();
  for (const name of [fields.firstName, fields.lastName]) {
    for (const word of splitWords(searchForm(name ?? ''))) {
      words.add(word).add(word.replace(/^[^\p{L}\p{N}]+/u, ''));
      for (const match of word.matchAll(/[-'’.]/g)) words.add(word.slice(match.index + 1));
    }
  }
  if (fields.email) {
    const email = searchForm(fields.email);
    words.add(email).add(email.slice(email.lastIndexOf('@') + 1));
  }
  if (fields.phone) words.add(fields.phone).add(fields.phone.slice(1));
  const externalId = fields.externalId ?? '';
  // An id such as 555-0123-9 is typed as it is written, and read like a phone number.
  for (const word of [...splitWords(searchForm(externalId)), ...searchTerms(externalId)]) words.add(word);
  words.delete('');
  return [...words].map(cut);
}

/**
 * What a person typed into a search field as prefixes that all have to match. What reads like a phone number
 * (`+43 (664) 12-34`) is one prefix without its separators.
 */
export function searchTerms(text: string): string[] {
  const trimmed = text.trim();
  if (/^\+?[\d\s()/.-]+$/.test(trimmed) && (trimmed.match(/\d/g) ?? []).length >= 6 && /[\s()/.-]|^\+/.test(trimmed)) {
    return [trimmed.replace(/[^\d+]/g, '')];
  }
  return [...new Set(splitWords(searchForm(trimmed)).map(cut))].slice(0, maximumTerms);
}

/** The words of a folded text, as search splits them. */
export const splitWords = (text: string): string[] => text.split(separators).filter((word) => word !== '');
