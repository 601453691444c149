import type { AttributeType } from '@mini-crm/domain';

/** What each type is called, and what it is for. */
export const attributeTypeWords: Record<AttributeType, { readonly name: string; readonly example: string }> = {
  string: { name: 'Text', example: 'A city, a job, a size such as 38/40' },
  number: { name: 'Number', example: 'Points, an age, 12.5; up to 4 decimals' },
  boolean: { name: 'Yes or no', example: 'Has a loyalty card' },
  date: { name: 'Date', example: 'A birthday; no time and no zone' },
  datetime: { name: 'Date and time', example: 'Last visit at 14:03; an exact instant' },
  money: { name: 'Money', example: 'A credit of 25.00 USD' },
  stringList: { name: 'List of texts', example: 'Interests, each written freely' },
  enum: { name: 'Choice', example: 'One of Gold, Silver, Bronze' },
  enumList: { name: 'Several choices', example: 'Some of the options you name' },
};

export const hasOptions = (type: AttributeType): boolean => type === 'enum' || type === 'enumList';

/** A name for segments and templates made of a label: `Favourite store` is `favourite_store`. "" where nothing fits. */
export function slugFromLabel(label: string): string {
  return label
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/_+$/, '');
}
