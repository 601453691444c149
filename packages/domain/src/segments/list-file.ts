import { type CustomerId, idSchema } from '../ids/id.ts';
import { cellText } from '../imports/read-cell.ts';
import { fold } from '../text/fold.ts';

/** Where a file says who the people are. */
export interface ListColumns {
  /** Our own ids, or the organization's; a cell is looked at to see which. */
  readonly id: number | null;
  readonly email: number | null;
  /** Whether the first row names the columns; a bare list of addresses has none. */
  readonly headed: boolean;
}

/** What a row says of a person; found by the first of these that somebody has. */
export interface ListKey {
  readonly id: CustomerId | null;
  readonly externalId: string | null;
  /** Folded. */
  readonly email: string | null;
}

/** Why a row put nobody on the list. */
export type ListRowFault = 'key_missing' | 'nobody_found';

const idNames = new Set([
  'id',
  'customerid',
  'externalid',
  'custid',
  'customernumber',
  'userid',
  'contactid',
  'memberid',
]);
const emailNames = new Set(['email', 'emailaddress', 'mail', 'emailadresse', 'customeremail', 'useremail']);

const nameOf = (cell: string) => fold(cell).replace(/[^\p{L}\p{N}]/gu, '');

/** The columns of a file that name people, from its first row; null where none does. */
export function listColumns(firstRow: readonly string[]): ListColumns | null {
  const at = (names: ReadonlySet<string>) => firstRow.findIndex((cell) => names.has(nameOf(cell)));
  const found = { id: at(idNames), email: at(emailNames) };
  if (found.id >= 0 || found.email >= 0) {
    return { id: found.id < 0 ? null : found.id, email: found.email < 0 ? null : found.email, headed: true };
  }
  const email = firstRow.findIndex((cell) => /^[^\s@]+@[^\s@]+$/.test(cellText(cell)));
  if (email >= 0) return { id: null, email, headed: false };
  const id = firstRow.findIndex((cell) => isOwnId(cellText(cell)));
  return id >= 0 ? { id, email: null, headed: false } : null;
}

const customerId = idSchema('customer');
const isOwnId = (text: string): text is CustomerId => customerId.safeParse(text).success;

/** What a row says of a person; null where its cells are empty. */
export function listKey(columns: ListColumns, cells: readonly string[]): ListKey | null {
  const id = columns.id === null ? '' : cellText(cells[columns.id]);
  const email = columns.email === null ? '' : cellText(cells[columns.email]);
  if (id === '' && email === '') return null;
  return {
    id: isOwnId(id) ? id : null,
    externalId: id === '' ? null : id,
    email: email === '' ? null : fold(email),
  };
}
