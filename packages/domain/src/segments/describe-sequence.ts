import { describeDuration } from './describe-duration.ts';
import { describeTypes, describeWhere } from './describe-units.ts';
import { describeWindow } from './describe-window.ts';
import type { FieldCatalogue } from './fields.ts';
import type { SequenceNode, SequenceStep } from './rule.ts';

type Step = Pick<SequenceStep, 'eventTypes' | 'where'>;

const withArticle = (words: string) => `${/^[“]?[aeio]/i.test(words) ? 'an' : 'a'} ${words}`;

const stepWords = ({ eventTypes, where }: Step, fields: FieldCatalogue): string =>
  `${describeTypes(eventTypes, fields, 'singular')}${describeWhere(where, 'event', fields)}`;

/**
 * A sequence as it stands after "customers": `who have an order in the last 7 days, then a visit within 2 days, and no refund
 * after that`.
 */
export function describeSequence({ steps, window, notFollowedBy }: SequenceNode, fields: FieldCatalogue): string {
  const period = describeWindow(window);
  const words = steps.map((step, i) => {
    const name = withArticle(stepWords(step, fields));
    return i === 0 ? `who have ${name}${period === '' ? '' : ` ${period}`}` : `then ${name}${within(step)}`;
  });
  if (notFollowedBy) {
    const quiet = notFollowedBy.within ? `in the ${describeDuration(notFollowedBy.within)} after that` : 'after that';
    words.push(`and no ${stepWords(notFollowedBy, fields)} ${quiet}`);
  }
  return words.join(', ');
}

function within({ within: limit }: SequenceStep): string {
  if (!limit) return '';
  return ` within ${describeDuration(limit)}${limit.from === 'first' ? ' of the first step' : ''}`;
}
