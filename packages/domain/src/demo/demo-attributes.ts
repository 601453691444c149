import type { Attribute } from '../attributes/attribute.ts';
import { demoCategories } from './products.ts';

export const demoPlans = ['None', 'Club', 'Club Plus'] as const;
export type DemoPlan = (typeof demoPlans)[number];

/** What the demo's shop knows of its customers beside names and addresses. */
export const demoAttributes: readonly Attribute[] = [
  { slug: 'city', label: 'City', type: 'string', options: [] },
  { slug: 'country', label: 'Country', type: 'string', options: [] },
  { slug: 'plan', label: 'Plan', type: 'enum', options: [...demoPlans] },
  { slug: 'birthday', label: 'Birthday', type: 'date', options: [] },
  { slug: 'loyalty_points', label: 'Loyalty points', type: 'number', options: [] },
  { slug: 'favourites', label: 'Favourites', type: 'enumList', options: [...demoCategories] },
];
