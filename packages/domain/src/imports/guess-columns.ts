import type { Attribute } from '../attributes/attribute.ts';
import { type CatalogueProperty, standardProperties } from '../events/event-catalogue.ts';
import { fold } from '../text/fold.ts';
import { guessPropertyType, guessType } from './guess-type.ts';
import type { ColumnTarget, customerColumnFields, ImportKind, orderColumnFields } from './import.ts';
import { refusedColumns } from './import.ts';

type CustomerField = (typeof customerColumnFields)[number];
type OrderField = (typeof orderColumnFields)[number];

const customerNames: Record<CustomerField, readonly string[]> = {
  externalId: [
    'customerid',
    'externalid',
    'custid',
    'customernumber',
    'customerno',
    'clientid',
    'userid',
    'contactid',
    'memberid',
    'kundennummer',
    'kundenid',
    'id',
  ],
  email: [
    'email',
    'emailaddress',
    'mail',
    'emailadresse',
    'mailadresse',
    'correo',
    'courriel',
    'customeremail',
    'useremail',
    'contactemail',
    'primaryemail',
  ],
  phone: [
    'phone',
    'phonenumber',
    'mobile',
    'mobilephone',
    'cell',
    'cellphone',
    'telephone',
    'tel',
    'telefon',
    'handy',
    'mobilenumber',
  ],
  firstName: ['firstname', 'givenname', 'forename', 'vorname', 'prenom', 'fname', 'first'],
  lastName: ['lastname', 'surname', 'familyname', 'nachname', 'nom', 'lname', 'last'],
  name: ['name', 'fullname', 'customername', 'contactname', 'displayname'],
  timeZone: ['timezone', 'tz', 'zeitzone'],
  locale: ['locale', 'language', 'lang', 'sprache', 'preferredlanguage'],
};

const orderNames: Record<OrderField, readonly string[]> = {
  orderId: [
    'orderid',
    'ordernumber',
    'orderno',
    'order',
    'transactionid',
    'invoiceid',
    'invoicenumber',
    'purchaseid',
    'bestellnummer',
    'id',
  ],
  customerExternalId: [
    'customerid',
    'externalid',
    'custid',
    'customernumber',
    'customerno',
    'clientid',
    'userid',
    'customer',
    'customerexternalid',
    'kundennummer',
  ],
  customerEmail: ['email', 'emailaddress', 'customeremail', 'useremail', 'mail', 'billingemail'],
  orderedAt: [
    'orderedon',
    'orderedat',
    'orderdate',
    'date',
    'createdat',
    'purchasedate',
    'purchasedat',
    'purchasedon',
    'transactiondate',
    'timestamp',
    'datetime',
    'placedat',
    'bestelldatum',
    'datum',
    'paidat',
    'invoicedate',
  ],
  amount: [
    'amount',
    'total',
    'totalamount',
    'ordertotal',
    'revenue',
    'value',
    'grandtotal',
    'totalprice',
    'sum',
    'betrag',
    'summe',
    'paid',
    'ordervalue',
    'netamount',
    'grossamount',
  ],
  currency: ['currency', 'currencycode', 'waehrung', 'wahrung'],
  quantity: ['quantity', 'qty', 'items', 'itemcount', 'units', 'menge', 'anzahl', 'lineitemquantity'],
  productId: ['productid', 'sku', 'productcode', 'itemid', 'articleid', 'artikelnummer', 'stockcode', 'lineitemsku'],
  productName: ['product', 'productname', 'item', 'itemname', 'title', 'description', 'artikel', 'lineitemname'],
  category: ['category', 'productcategory', 'producttype', 'department', 'kategorie'],
  price: ['price', 'unitprice', 'itemprice', 'preis', 'lineitemprice'],
};

const refused = new Set<string>(refusedColumns);

/** A header as it is compared: folded, without accents, spaces and signs. */
const plainHeader = (header: string): string =>
  fold(header)
    .normalize('NFKD')
    .replace(/[^a-z0-9]/g, '');

/** Where each column probably goes. What no name explains becomes an attribute of a customer, or stays out of an order. */
export function guessColumns(
  kind: ImportKind,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  catalogue: readonly Attribute[],
  properties: readonly Pick<CatalogueProperty, 'name' | 'type'>[] = [],
): ColumnTarget[] {
  const taken = new Set<string>();
  const names = kind === 'customers' ? customerNames : orderNames;
  const fields = header.map((name) => (refused.has(name.trim()) ? null : fieldOf(name, names, taken)));
  const slugs = new Set<string>();
  return header.map((name, index): ColumnTarget => {
    const field = fields[index];
    const values = rows.map((row) => (row[index] ?? '').trim()).filter((value) => value !== '');
    if (refused.has(name.trim())) return { type: 'ignore' };
    if (field) {
      return kind === 'customers'
        ? { type: 'field', field: field as CustomerField }
        : { type: 'order', field: field as OrderField };
    }
    const slug = freeSlug(slugOf(name), slugs);
    if (name.trim() === '' || slug === null) return { type: 'ignore' };
    if (kind === 'orders') {
      const known = [...properties, ...standardProperties].find((one) => one.name === slug);
      return { type: 'property', name: slug, valueType: known?.type ?? guessPropertyType(name, values) };
    }
    const known = catalogue.find((a) => a.slug === slug || plainHeader(a.label) === plainHeader(name));
    if (known) return { type: 'attribute', slug: known.slug };
    return { type: 'newAttribute', slug, label: labelOf(name), valueType: guessType(name, values) };
  });
}

/** The field whose name comes first in its list of spellings, each field once. */
function fieldOf(
  header: string,
  names: Readonly<Record<string, readonly string[]>>,
  taken: Set<string>,
): string | null {
  const plain = plainHeader(header);
  for (const [field, spellings] of Object.entries(names)) {
    if (taken.has(field) || !spellings.includes(plain)) continue;
    taken.add(field);
    return field;
  }
  return null;
}

/** Which kind of file this is by its header: money and a date mean orders. */
export function guessKind(header: readonly string[]): ImportKind {
  const has = (field: OrderField) => header.some((name) => orderNames[field].includes(plainHeader(name)));
  if (has('amount') && (has('orderedAt') || has('orderId'))) return 'orders';
  return header.some((name) => orderNames.orderId.filter((n) => n !== 'id').includes(plainHeader(name))) &&
    has('orderedAt')
    ? 'orders'
    : 'customers';
}

/** A slug made of a header: `Signed up on` is `signed_up_on`. Null where nothing is left of it. */
export function slugOf(header: string): string | null {
  const slug = fold(header)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 40)
    .replace(/_+$/, '');
  return slug === '' ? null : slug;
}

function freeSlug(slug: string | null, taken: Set<string>): string | null {
  if (slug === null) return null;
  let free = slug;
  for (let number = 2; taken.has(free); number++) free = `${slug.slice(0, 36)}_${number}`;
  taken.add(free);
  return free;
}

/** A label made of a header: `signed_up_on` is "Signed up on". */
function labelOf(header: string): string {
  const words = header
    .trim()
    .replace(/[_\s]+/g, ' ')
    .slice(0, 80)
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
