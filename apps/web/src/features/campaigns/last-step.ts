import type { CampaignId } from '@mini-crm/domain';
import { type Step, steps } from './campaign-words.ts';

const key = (id: CampaignId) => `campaign-step-${id}`;

/** The step at which this browser left a draft; a convenience, so nothing happens where nothing can be stored. */
export function lastStep(id: CampaignId): Step | undefined {
  try {
    const stored = localStorage.getItem(key(id));
    return steps.find((step) => step === stored);
  } catch {
    return undefined;
  }
}

/** Remembers where a draft is left. */
export function rememberStep(id: CampaignId, step: Step): void {
  try {
    localStorage.setItem(key(id), step);
  } catch {
    // A browser may forbid storage; the draft then opens at its first step.
  }
}
