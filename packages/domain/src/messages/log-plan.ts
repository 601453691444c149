import type { DomainError } from '../errors/error-code.ts';
import { err, ok, type Result } from '../result.ts';
import { type MessageFilter, stateOfReason } from './message-filter.ts';

/** What the log can be narrowed by, beside the range of time, which goes with everything. */
export const logFacets = [
  'show',
  'interaction',
  'customerId',
  'address',
  'campaignId',
  'link',
  'templateId',
  'channel',
  'state',
  'reason',
  'response',
] as const satisfies (keyof MessageFilter)[];
export type LogFacet = (typeof logFacets)[number];

/** The ways to read messages; each is an index of the deliveries, see `delivery.model.ts`. */
export const messageReads = [
  'customer',
  'address',
  'campaignLink',
  'campaignResponse',
  'campaignReason',
  'campaign',
  'template',
  'transactional',
  'response',
  'reason',
  'state',
] as const;
export type MessageRead = (typeof messageReads)[number];

/** One combination: what it asks for, and what may be said beside. A range of time may always be. */
export interface LogCombination {
  readonly read: MessageRead;
  readonly by: readonly LogFacet[];
  readonly also: readonly LogFacet[];
}

const ofFewRows = ['campaignId', 'link', 'templateId', 'channel', 'state', 'reason', 'response', 'show'] as const;

/**
 * The combinations of which an index gives a page in its order, however many messages there are. One person's are few, so
 * those are looked through for anything. docs/communication-log.md says the same in words.
 */
export const logCombinations: readonly LogCombination[] = [
  { read: 'customer', by: ['customerId'], also: [...ofFewRows, 'address'] },
  { read: 'address', by: ['address'], also: ofFewRows },
  { read: 'campaignLink', by: ['campaignId', 'link'], also: [] },
  { read: 'campaignResponse', by: ['campaignId', 'response'], also: [] },
  { read: 'campaignReason', by: ['campaignId', 'reason'], also: ['state'] },
  { read: 'campaign', by: ['campaignId'], also: ['state'] },
  { read: 'template', by: ['templateId'], also: ['state'] },
  { read: 'transactional', by: ['show'], also: ['state'] },
  { read: 'response', by: ['response'], also: [] },
  { read: 'reason', by: ['reason'], also: ['channel', 'state'] },
  { read: 'state', by: [], also: ['channel', 'state'] },
];

/** How a filter is read: messages by an index or not at all, and whether interactions belong to it. */
export interface LogPlan {
  readonly messages: MessageRead | null;
  readonly interactions: boolean;
}

/** Facets that only a message has: interactions have no campaign, state or channel. */
const ofMessages = logFacets.filter((facet) => !['show', 'interaction', 'customerId'].includes(facet));

const asked = (filter: MessageFilter) => logFacets.filter((facet) => filter[facet] !== undefined);

/**
 * Which index serves a filter. `log_filter_unsupported` where none does: such a page could take minutes among ten million
 * messages, so it is refused whatever their number. The refusal names what was asked and the combinations that there are.
 */
export function planLog(filter: MessageFilter): Result<LogPlan, DomainError> {
  const named = asked(filter);
  const isOfMessages = named.some((facet) => ofMessages.includes(facet));
  if (filter.interaction !== undefined || filter.show === 'interactions') {
    const contradicts = isOfMessages || (filter.show !== undefined && filter.show !== 'interactions');
    return contradicts ? refused(named) : ok({ messages: null, interactions: true });
  }
  const both = filter.show === undefined && !isOfMessages;
  // "Messages" leaves interactions out and asks nothing of the messages themselves.
  const facets = named.filter((facet) => facet !== 'show' || filter.show === 'transactional');
  const fits = ({ by, also }: LogCombination) =>
    by.every((facet) => facets.includes(facet)) && facets.every((facet) => by.includes(facet) || also.includes(facet));
  const combination = logCombinations.find(fits);
  return combination ? ok({ messages: combination.read, interactions: both }) : refused(named);
}

const refused = (named: readonly LogFacet[]): Result<never, DomainError> =>
  err({
    code: 'log_filter_unsupported',
    path: ['filter'],
    details: {
      asked: named,
      combinations: logCombinations.map(({ by, also }) => ({ by, also })),
    },
  });

/** The facets of a filter that stand in the way of saying `more` beside; empty where nothing does. */
export function logConflicts(filter: MessageFilter, more: MessageFilter): readonly LogFacet[] {
  if (planLog({ ...filter, ...more }).ok) return [];
  const others = asked(filter).filter((facet) => more[facet] === undefined);
  const alone = others.filter((facet) => planLog({ ...filter, ...more, [facet]: undefined }).ok);
  return alone.length > 0 ? alone : others;
}

/** Whether a filter contradicts itself, as a reason does of another state: nothing can fit it. */
export const isEmptyFilter = ({ state, reason }: MessageFilter): boolean =>
  state !== undefined && reason !== undefined && stateOfReason(reason) !== state;
