import type { DeliveryClick } from './delivery.ts';

/** Something that was asked for with a link of a message: its picture, one of its links, or the link that no person sees. */
export interface Reaction {
  readonly kind: 'open' | 'click' | 'trap';
  /** The number of the link of a click; null for the others. */
  readonly link: number | null;
  readonly at: Date;
  /** Who asked, as a digest of address and program: tells one asker from another and names nobody. */
  readonly client: string;
  /** A program that says so of itself, see `isMachineAgent`. */
  readonly machine: boolean;
}

/** What one client did with a message within a short time, kept for as long as it may still turn out to be a machine. */
export interface Visit {
  readonly client: string;
  readonly at: Date;
  readonly lastAt: Date;
  readonly opens: number;
  readonly clicks: readonly DeliveryClick[];
  readonly machine: boolean;
}

/** What a row of the log knows of the reactions to its message. */
export interface ReactionState {
  readonly openedAt?: Date;
  readonly opens: number;
  readonly clickedAt?: Date;
  readonly clicks: readonly DeliveryClick[];
  readonly machineOpenedAt?: Date;
  readonly machineOpens?: number;
  readonly machineClickedAt?: Date;
  readonly machineClicks?: number;
  readonly visits?: readonly Visit[];
}

/** When clicks are a machine's although it says nothing of itself. */
export const machineSigns = {
  /** Only clicks that come so soon after the message ... */
  soonMs: 60_000,
  /** ... and on so many different links ... */
  links: 2,
  /** ... within so short a time: nobody reads as fast. */
  togetherMs: 2_000,
  /** Who follows the invisible link was a machine in all it did within this time ... */
  visitMs: 60_000,
  /** ... and so was whoever came together with it: scanners ask from many addresses at once. */
  companyMs: 3_000,
} as const;

const mostVisits = 8;

interface Draft {
  openedAt: Date | undefined;
  opens: number;
  clicks: DeliveryClick[];
  machineOpenedAt: Date | undefined;
  machineOpens: number;
  machineClickedAt: Date | undefined;
  machineClicks: number;
  visits: Visit[];
}

/**
 * What a row says after some reactions. People and machines are counted apart; where a visit turns out to be a machine's, what
 * it did before is taken from the people and counted as a machine's. Whoever clicks has opened. `sentAt` is the row's own instant.
 */
export function withReactions(state: ReactionState, sentAt: Date, reactions: readonly Reaction[]): ReactionState {
  const draft: Draft = {
    openedAt: state.openedAt,
    opens: state.opens,
    clicks: [...state.clicks],
    machineOpenedAt: state.machineOpenedAt,
    // Rows that are older than these counts know only that there was one.
    machineOpens: state.machineOpens ?? (state.machineOpenedAt ? 1 : 0),
    machineClickedAt: state.machineClickedAt,
    machineClicks: state.machineClicks ?? (state.machineClickedAt ? 1 : 0),
    visits: [...(state.visits ?? [])],
  };
  for (const reaction of [...reactions].sort((a, b) => a.at.getTime() - b.at.getTime())) take(draft, sentAt, reaction);
  const clickedAt = earliest(draft.clicks.map(({ at }) => at));
  const openedAt = earliest([draft.openedAt, clickedAt]);
  return {
    ...(openedAt ? { openedAt } : {}),
    opens: clickedAt ? Math.max(1, draft.opens) : draft.opens,
    ...(clickedAt ? { clickedAt } : {}),
    clicks: draft.clicks,
    ...(draft.machineOpenedAt
      ? { machineOpenedAt: draft.machineOpenedAt, machineOpens: Math.max(1, draft.machineOpens) }
      : {}),
    ...(draft.machineClickedAt
      ? { machineClickedAt: draft.machineClickedAt, machineClicks: Math.max(1, draft.machineClicks) }
      : {}),
    ...(draft.visits.length > 0 ? { visits: draft.visits } : {}),
  };
}

function take(draft: Draft, sentAt: Date, reaction: Reaction): void {
  const { kind, client, at, machine } = reaction;
  if (machine && kind !== 'trap') {
    byMachine(draft, reaction);
    return;
  }
  // A visit that has gone quiet was a person's: nothing can be found out about it any more.
  draft.visits = draft.visits.filter(({ lastAt }) => apart(lastAt, at) <= machineSigns.visitMs).slice(-mostVisits);
  const before = draft.visits.find((visit) => visit.client === client);
  const visit = visited(before ?? { client, at, lastAt: at, opens: 0, clicks: [], machine: false }, reaction);
  draft.visits = [...draft.visits.filter((other) => other !== before), visit];
  if (kind === 'trap') {
    draft.machineClickedAt = earliest([draft.machineClickedAt, at]);
    draft.machineClicks++;
    for (const other of draft.visits) {
      if (other === visit || apart(other.lastAt, at) <= machineSigns.companyMs) condemn(draft, other);
    }
    return;
  }
  const company = draft.visits.some((other) => other.machine && apart(other.at, at) <= machineSigns.companyMs);
  if (visit.machine || company) {
    byMachine(draft, reaction);
    replaceVisit(draft, visit, { ...(before ?? visit), machine: true, lastAt: at, opens: 0, clicks: [] });
    return;
  }
  byPerson(draft, reaction);
  if (tooFast(visit, sentAt)) condemn(draft, visit);
}

function visited(visit: Visit, { kind, link, at }: Reaction): Visit {
  const lastAt = new Date(Math.max(visit.lastAt.getTime(), at.getTime()));
  if (kind === 'open') return { ...visit, lastAt, opens: visit.opens + 1 };
  if (kind === 'click' && link !== null) return { ...visit, lastAt, clicks: counted(visit.clicks, link, at, 1) };
  return { ...visit, lastAt };
}

function byPerson(draft: Draft, { kind, link, at }: Reaction): void {
  if (kind === 'open') {
    draft.opens++;
    draft.openedAt = earliest([draft.openedAt, at]);
  } else if (link !== null) {
    draft.clicks = counted(draft.clicks, link, at, 1);
  }
}

function byMachine(draft: Draft, { kind, at }: Reaction): void {
  if (kind === 'open') {
    draft.machineOpens++;
    draft.machineOpenedAt = earliest([draft.machineOpenedAt, at]);
  } else {
    draft.machineClicks++;
    draft.machineClickedAt = earliest([draft.machineClickedAt, at]);
  }
}

/** Several links, one right after the other, as soon as the message was out. */
function tooFast({ clicks, lastAt }: Visit, sentAt: Date): boolean {
  if (lastAt.getTime() - sentAt.getTime() > machineSigns.soonMs) return false;
  const times = clicks.map(({ at }) => at.getTime()).sort((a, b) => a - b);
  const reach = machineSigns.links - 1;
  return times.some((time, i) => (times[i + reach] ?? Number.POSITIVE_INFINITY) - time <= machineSigns.togetherMs);
}

/** Takes what a visit did from the people and gives it to the machines. */
function condemn(draft: Draft, visit: Visit): void {
  if (visit.machine) return;
  const clicks = visit.clicks.reduce((sum, { count }) => sum + count, 0);
  for (const { link, at, count } of visit.clicks) draft.clicks = counted(draft.clicks, link, at, -count);
  draft.opens = Math.max(0, draft.opens - visit.opens);
  // What clicked was taken for an opening, too.
  if (draft.opens === 0 || (draft.clicks.length === 0 && onlyOpenedBy(draft, visit))) {
    draft.opens = 0;
    draft.openedAt = undefined;
  }
  if (visit.opens > 0) {
    draft.machineOpens += visit.opens;
    draft.machineOpenedAt = earliest([draft.machineOpenedAt, visit.at]);
  }
  if (clicks > 0) {
    draft.machineClicks += clicks;
    draft.machineClickedAt = earliest([draft.machineClickedAt, ...visit.clicks.map(({ at }) => at)]);
  }
  replaceVisit(draft, visit, { ...visit, machine: true, opens: 0, clicks: [] });
}

/** Whether the one opening that is left stands for nothing but this visit's clicks: it has their instant. */
const onlyOpenedBy = ({ opens, openedAt }: Draft, { opens: own, clicks }: Visit): boolean =>
  own === 0 && opens === 1 && clicks.some(({ at }) => at.getTime() === openedAt?.getTime());

function replaceVisit(draft: Draft, before: Visit, after: Visit): void {
  draft.visits = draft.visits.map((visit) => (visit === before ? after : visit));
}

/** Clicks with some more on one link, or fewer; a link without any is out. */
function counted(clicks: readonly DeliveryClick[], link: number, at: Date, more: number): DeliveryClick[] {
  const known = clicks.find((click) => click.link === link);
  if (!known) return more > 0 ? [...clicks, { link, at, count: more }] : [...clicks];
  const count = known.count + more;
  return clicks.flatMap((click) => (click !== known ? [click] : count > 0 ? [{ ...known, count }] : []));
}

const apart = (one: Date, other: Date) => Math.abs(one.getTime() - other.getTime());

function earliest(instants: readonly (Date | undefined)[]): Date | undefined {
  return instants.reduce((first, at) => (at && (!first || at < first) ? at : first), undefined);
}
