import { expect, it } from 'vitest';
import { slugFromLabel } from './attribute-types.ts';

it.each([
  ['Favourite store', 'favourite_store'],
  ['Größe (EU)', 'gro_e_eu'],
  ['2nd address', 'nd_address'],
  ['Prénom', 'prenom'],
  ['誕生日', ''],
])('%s becomes %s', (label, slug) => {
  expect(slugFromLabel(label)).toBe(slug);
});
