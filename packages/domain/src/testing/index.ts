export { type Random, seededRandom } from '../demo/random.ts';
export { arbitraryFacts, awkwardCustomers } from './arbitrary-facts.ts';
export { arbitraryClock, arbitraryRule, arbitraryWindow, awkwardRules } from './arbitrary-rule.ts';
export {
  awkwardAttributes,
  awkwardDates,
  awkwardFields,
  awkwardInstants,
  awkwardNows,
  awkwardTexts,
  awkwardZones,
} from './awkward-values.ts';
export { aCustomer, anOrder, orders, ruleOf, where } from './build.ts';
