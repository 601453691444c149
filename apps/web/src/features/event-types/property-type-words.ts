import type { PropertyType } from '@mini-crm/domain';

/** What types of properties are called, with what a program sends. */
export const propertyTypeWords: Record<PropertyType, { readonly name: string; readonly example: string }> = {
  string: { name: 'Text', example: '"Kenya AA"' },
  number: { name: 'Number', example: '14.5; at most 4 decimals' },
  boolean: { name: 'Yes or no', example: 'true' },
  datetime: { name: 'Date and time', example: '"2026-11-20T09:30:00Z"' },
};
