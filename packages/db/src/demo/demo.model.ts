import type { OrganizationId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

export const demoStates = ['filling', 'filled', 'removing', 'removed'] as const;
export type DemoState = (typeof demoStates)[number];

/** How far an organization's demo is. One document an organization, so that two clicks can't fill it twice. */
export interface DemoDocument {
  /** The organization's id. */
  _id: string;
  orgId: OrganizationId;
  state: DemoState;
  /** Who fills or removes; whoever takes over after a crash has another one. */
  token: string;
  startedAt: Date;
}

export const demoSchema = new Schema<DemoDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    state: { type: String, required: true },
    token: { type: String, required: true },
    startedAt: { type: Date, required: true },
  },
  { collection: 'demos', versionKey: false },
);
