import type { EventProperties, OrderLine } from '../events/event.ts';
import { type DecimalSign, isCurrency } from '../money/money.ts';
import { err, ok, type Result } from '../result.ts';
import { type ColumnTarget, type ImportOptions, orderColumnFields } from './import.ts';
import { attributeReader, type CellReader, cellText, readAmount, readEmail, readText } from './read-cell.ts';
import { instantReader } from './read-date.ts';
import { type RowFault, type RowFaultCode, shorten } from './row-fault.ts';

/** What one row says of an order. Money is in minor units of `currency`. */
export interface OrderRow {
  /** Null where the file has no column of order ids: the row's content names it. */
  readonly orderId: string | null;
  readonly customerExternalId: string | null;
  readonly customerEmail: string | null;
  readonly at: Date;
  readonly currency: string;
  /** Negative for money that went back: a refund. */
  readonly total: number;
  readonly lines: readonly OrderLine[];
  readonly properties: EventProperties;
}

type OrderField = Extract<ColumnTarget, { type: 'order' }>['field'];

/** Compiles the reader of a file of orders. Columns of an order's line make one line; a file without them makes none. */
export function orderRowReader(
  header: readonly string[],
  targets: readonly ColumnTarget[],
  options: ImportOptions,
): (cells: readonly string[]) => Result<OrderRow, RowFault> {
  const indexOf = (field: OrderField) =>
    targets.findIndex((target) => target.type === 'order' && target.field === field);
  const index = Object.fromEntries(orderColumnFields.map((field) => [field, indexOf(field)])) as Record<
    OrderField,
    number
  >;
  const hasLine = (['quantity', 'productId', 'productName', 'category', 'price'] as const).some((f) => index[f] !== -1);
  const instants = instantReader(options.zone, options.dateOrder);
  const amounts = new Map<string, CellReader<number>>();
  const properties = targets.flatMap((target, at) =>
    target.type === 'property'
      ? [{ at, name: target.name, read: attributeReader({ type: target.valueType, options: [] }, options) }]
      : [],
  );
  const width = header.length;

  return (cells) => {
    if (cells.length !== width) return err({ code: cells.length < width ? 'cells_missing' : 'cells_too_many' });
    const textOf = (field: OrderField) => (index[field] === -1 ? '' : cellText(cells[index[field]]));
    const fault = (field: OrderField, code: RowFaultCode): Result<never, RowFault> =>
      err({ code, column: header[index[field]] ?? '', value: shorten(textOf(field)) });

    const idText = textOf('orderId');
    if (index.orderId !== -1 && idText === '') return fault('orderId', 'value_missing');
    if (!readText(200)(idText).ok) return fault('orderId', 'text_invalid');

    const externalId = textOf('customerExternalId');
    const emailText = textOf('customerEmail');
    const email = emailText === '' ? ok(null) : readEmail(emailText);
    if (!email.ok) return fault('customerEmail', email.error);
    if (externalId === '' && email.value === null) {
      return fault(index.customerExternalId === -1 ? 'customerEmail' : 'customerExternalId', 'value_missing');
    }

    const atText = textOf('orderedAt');
    if (atText === '') return fault('orderedAt', 'value_missing');
    const at = instants.read(atText);
    if (at === null) return fault('orderedAt', 'date_invalid');

    const currency = textOf('currency').toUpperCase() || options.currency;
    if (!isCurrency(currency)) return fault('currency', 'currency_unknown');
    const read = amountReader(amounts, currency, options.decimalSign);
    if (textOf('amount') === '') return fault('amount', 'value_missing');
    const total = read(textOf('amount'));
    if (!total.ok) return fault('amount', total.error);

    const lines: OrderLine[] = [];
    if (hasLine) {
      const quantity = textOf('quantity') === '' ? 1 : Number(textOf('quantity'));
      if (!Number.isInteger(quantity) || quantity < 0 || quantity > 1e6) return fault('quantity', 'quantity_invalid');
      const price = textOf('price') === '' ? ok(null) : read(textOf('price'));
      if (!price.ok) return fault('price', price.error);
      for (const field of ['productId', 'productName', 'category'] as const) {
        if (!readText(200)(textOf(field)).ok) return fault(field, 'text_invalid');
      }
      lines.push({
        productId: textOf('productId') || null,
        name: textOf('productName') || null,
        category: textOf('category') || null,
        quantity,
        price: price.value,
      });
    }

    const known: Record<string, string | number | boolean | Date> = {};
    for (const property of properties) {
      const text = cellText(cells[property.at]);
      if (text === '') continue;
      const value = property.read(text);
      if (!value.ok) return err({ code: value.error, column: header[property.at] ?? '', value: shorten(text) });
      known[property.name] = value.value as string | number | boolean | Date;
    }

    return ok({
      orderId: idText || null,
      customerExternalId: externalId || null,
      customerEmail: email.value,
      at: new Date(at),
      currency,
      total: total.value,
      lines,
      properties: known,
    });
  };
}

function amountReader(kept: Map<string, CellReader<number>>, currency: string, sign: DecimalSign): CellReader<number> {
  let read = kept.get(currency);
  if (!read) {
    read = readAmount(currency, sign);
    kept.set(currency, read);
  }
  return read;
}
