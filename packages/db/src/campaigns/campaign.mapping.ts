import type { Campaign, Run } from '@mini-crm/domain';
import type { CampaignDocument } from './campaign.model.ts';
import type { RunDocument } from './run.model.ts';

/** The campaign of a document. */
export function toCampaign(document: CampaignDocument): Campaign {
  const { _id, orgId: _orgId, foldedName: _folded, demo: _demo, ...rest } = document;
  return { id: _id, ...rest };
}

/** The run of a document. */
export function toRun(document: RunDocument): Run {
  const {
    _id,
    orgId: _orgId,
    demo: _demo,
    builder: _builder,
    trouble: _trouble,
    settledAt: _settled,
    totals: _totals,
    respondedAt: _responded,
    responses: _responses,
    summary,
    removedAt: _removed,
    ...rest
  } = document;
  return { id: _id, ...rest, ...(summary ? { removedSince: summary.keptAt } : {}) };
}
