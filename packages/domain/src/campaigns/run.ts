import type { SendAgainKind } from '../delivery/send-again.ts';
import type { CampaignId, RunId, SegmentId } from '../ids/id.ts';
import type { Sender } from '../organizations/organization.ts';
import type { ResolvedRule } from '../segments/resolved-rule.ts';
import type { CampaignPurpose } from './campaign.ts';
import type { CampaignCommandType } from './campaign-machine.ts';
import type { RunTiming } from './schedule.ts';
import type { Waterfall } from './waterfall.ts';

/** `building` writes the pages of the audience and may already send; a run finishes only when its audience is complete. */
export const runStates = ['building', 'sending', 'paused', 'cancelled', 'finished', 'failed'] as const;
export type RunState = (typeof runStates)[number];

/** A message as compiled once at launch: MJML is HTML now, Liquid is still in, and tracked links are placeholders. */
export interface RunContent {
  readonly subject: string;
  readonly preheader: string;
  readonly html: string;
  readonly text: string;
  /** The Liquid templates of the tracked links' addresses, by number; a click goes to one of these and nowhere else. */
  readonly links: readonly string[];
  readonly sender: Sender;
  readonly purpose: CampaignPurpose;
}

/** One sending of a campaign: its audience bound to one instant, and its content as it was then. */
export interface Run {
  readonly id: RunId;
  readonly campaignId: CampaignId;
  readonly state: RunState;
  /** The one `now` that every window of the audience is bound to. */
  readonly boundAt: Date;
  /** In any included segment and in no excluded one; who of them can be reached is asked with the purpose. */
  readonly rule: ResolvedRule;
  readonly content: RunContent;
  /** Missing in runs of before there was a choice: everybody at once. */
  readonly timing?: RunTiming;
  /** The segments by the names that they had. */
  readonly segments: {
    readonly include: 'everyone' | readonly NamedSegment[];
    readonly exclude: readonly NamedSegment[];
  };
  /** The counts at launch. */
  readonly waterfall: Waterfall;
  /** The number of people in all pages; known once they are built. */
  readonly planned: number | null;
  readonly createdAt: Date;
  readonly builtAt: Date | null;
  readonly finishedAt: Date | null;
  /** Since when its messages are removed, as the organization's retention says; its report is kept. */
  readonly removedSince?: Date;
  /** A run that sends again takes its people from the rows of this one, and not by its rule. */
  readonly again?: { readonly runId: RunId; readonly kinds: readonly SendAgainKind[] };
}

export interface NamedSegment {
  readonly id: SegmentId;
  readonly name: string;
}

/** The state that a run takes with its campaign's; null for a command that leaves the run alone. A run that was paused while building goes on building. */
export function runStateAfter(command: CampaignCommandType, run: Pick<Run, 'builtAt'>): RunState | null {
  switch (command) {
    case 'schedule':
    case 'unschedule':
      return null;
    case 'launch':
    case 'resume':
      return run.builtAt ? 'sending' : 'building';
    case 'pause':
      return 'paused';
    case 'cancel':
      return 'cancelled';
    case 'finish':
      return 'finished';
    case 'fail':
      return 'failed';
    default:
      return command satisfies never;
  }
}
