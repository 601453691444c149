import type { Audience } from '@mini-crm/domain';
import type { Inputs, Outputs } from '../../trpc.ts';

/** A campaign as the server answers it. */
export type CampaignDetail = Outputs['campaigns']['get'];

/** Everything of a campaign that its author edits. */
export type Draft = Omit<Inputs['campaigns']['save']['draft'], 'audience'> & { readonly audience: Audience };

/** The editable part of a campaign. */
export function draftOf({ name, channel, purpose, audience, content, sender, schedule }: CampaignDetail): Draft {
  return { name, channel, purpose, audience, content, sender, schedule };
}

/** What a step of the wizard gets: the draft, and how to change a part of it. */
export interface DraftProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** What the audience of a campaign is called in a line: `Big spenders, Lapsed, without Staff`. */
export function audienceWords({ include, exclude }: CampaignDetail['audienceNames']): string {
  const names = (list: readonly { name: string | null }[]) =>
    list.map(({ name }) => name ?? 'a deleted segment').join(', ');
  const included = include === 'everyone' ? 'Everyone' : names(include);
  if (included === '') return 'Nobody chosen yet';
  return exclude.length === 0 ? included : `${included}, without ${names(exclude)}`;
}
