import type { TemplateState } from '@mini-crm/domain';
import { StateBadge } from '../../../components/state-badge.tsx';
import { templateStateWords } from './template-words.ts';

/** The state of a template as a dot and a word. */
export function TemplateBadge({ state }: { readonly state: TemplateState }) {
  const { label, tone } = templateStateWords[state];
  return (
    <StateBadge tone={tone} hollow={state === 'draft' || state === 'archived'}>
      {label}
    </StateBadge>
  );
}
