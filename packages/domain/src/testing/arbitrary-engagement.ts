import fc from 'fast-check';
import type { FieldCatalogue } from '../segments/fields.ts';
import { type EngagementNode, engagementKinds } from '../segments/rule.ts';
import { smallCount } from './arbitrary-condition.ts';
import { arbitraryWindow } from './arbitrary-window.ts';

export const arbitraryEngagement = ({ campaigns }: FieldCatalogue): fc.Arbitrary<EngagementNode> =>
  fc
    .record({
      kind: fc.constantFrom(...engagementKinds),
      campaign: fc.constantFrom(null, ...campaigns),
      window: fc.oneof(fc.constant({ type: 'ever' as const }), arbitraryWindow()),
      test: fc.option(smallCount),
      includeMachine: fc.boolean(),
    })
    .map(
      ({ kind, campaign, window, test, includeMachine }): EngagementNode => ({
        type: 'engagement',
        kind,
        ...(campaign === null ? {} : { campaignId: campaign.id }),
        window,
        ...(test === null ? {} : { test }),
        ...(includeMachine ? { includeMachine } : {}),
      }),
    );
