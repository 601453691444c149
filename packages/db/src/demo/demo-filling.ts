import type { DemoData, ResolvedRule, RunContent, UserId } from '@mini-crm/domain';

/** What the server adds to a demo: who asked for it and, by the campaign's key, its compiled message and bound audience. */
export interface DemoFilling {
  readonly data: DemoData;
  readonly createdBy: UserId;
  readonly now: Date;
  readonly sendings: ReadonlyMap<string, DemoMessage>;
}

/** A campaign's message as a launch would compile it, and its audience as one would bind it. */
export interface DemoMessage {
  readonly content: RunContent;
  readonly rule: ResolvedRule;
}
