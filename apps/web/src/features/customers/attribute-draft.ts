import {
  type Attribute,
  type AttributeValue,
  checkAttributeValue,
  formatAmount,
  type Money,
  parseAmount,
} from '@mini-crm/domain';

/** An attribute's value as its field holds it: text as it is typed, or the items of a list. "" and [] are no value. */
export type AttributeDraft = string | readonly string[];

/** What a stored value looks like while it is edited. Instants are in the reader's own zone, as the browser's field has them. */
export function toDraft(attribute: Attribute, value: AttributeValue | string | undefined): AttributeDraft {
  const isList = attribute.type === 'stringList' || attribute.type === 'enumList';
  if (value === undefined || value === null) return isList ? [] : '';
  if (Array.isArray(value)) return value as readonly string[];
  switch (attribute.type) {
    case 'boolean':
      return value === true ? 'yes' : 'no';
    case 'datetime':
      return toLocalText(new Date(value as string | Date));
    case 'money': {
      const { amount, currency } = value as Money;
      return `${formatAmount(amount, currency)} ${currency}`;
    }
    default:
      return String(value);
  }
}

export type ReadDraft = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly words: string };

/** What a draft says: null for nothing, the value as the server takes it, or in words why it is none. */
export function readDraft(attribute: Attribute, draft: AttributeDraft): ReadDraft {
  if (typeof draft !== 'string') {
    const items = draft.map((item) => item.trim()).filter((item) => item !== '');
    return items.length === 0 ? { ok: true, value: null } : check(attribute, items);
  }
  const text = draft.trim();
  if (text === '') return { ok: true, value: null };
  switch (attribute.type) {
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? check(attribute, Number(text)) : refused(attribute);
    case 'boolean':
      return { ok: true, value: text === 'yes' };
    case 'datetime': {
      const at = new Date(text);
      return Number.isNaN(at.getTime()) ? refused(attribute) : { ok: true, value: at.toISOString() };
    }
    case 'money': {
      const [, digits = '', currency = ''] = /^(\S+) ([A-Z]{3})$/.exec(text) ?? [];
      if (digits === '' && currency !== '') return { ok: true, value: null };
      const amount = currency === '' ? null : parseAmount(digits, currency);
      return amount?.ok ? check(attribute, { amount: amount.value, currency }) : refused(attribute);
    }
    default:
      return check(attribute, text);
  }
}

function check(attribute: Attribute, value: unknown): ReadDraft {
  return checkAttributeValue(attribute, value).ok ? { ok: true, value } : refused(attribute);
}

const words: Record<Attribute['type'], string> = {
  string: 'Use at most 1,000 characters.',
  number: 'Enter a number such as 12.5, with at most 4 decimals and under a thousand million.',
  boolean: 'Choose yes or no.',
  date: 'Enter a date that exists.',
  datetime: 'Enter a date and a time.',
  money: 'Enter an amount such as 12.50.',
  stringList: 'Use at most 100 entries of 1,000 characters each.',
  enum: 'Choose one of the options.',
  enumList: 'Choose some of the options.',
};
const refused = (attribute: Attribute): ReadDraft => ({ ok: false, words: words[attribute.type] });

const two = (value: number) => String(value).padStart(2, '0');

/** `2026-11-22T14:03`, as a field of type datetime-local wants it, in the reader's zone. */
export function toLocalText(at: Date): string {
  const date = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
