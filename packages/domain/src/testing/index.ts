export { type Random, seededRandom } from '../demo/random.ts';
export { arbitraryFacts, awkwardCustomers } from './arbitrary-facts.ts';
export { arbitraryClock, arbitraryRule, awkwardRules } from './arbitrary-rule.ts';
export { arbitraryWindow } from './arbitrary-window.ts';
export {
  awkwardAttributes,
  awkwardCampaigns,
  awkwardEventTypes,
  awkwardFields,
  awkwardLists,
  awkwardSegments,
} from './awkward-catalogue.ts';
export { awkwardDates, awkwardInstants, awkwardNows, awkwardTexts, awkwardZones } from './awkward-values.ts';
export { aCustomer, anOrder, orders, ruleOf, where } from './build.ts';
export { awkwardContext, contextAmong, resolveAmong } from './resolve-among.ts';
