import { formatCount } from '../../components/format-number.ts';

/** `1 person`, `2,270 people`. */
export const people = (count: number): string => `${formatCount(count)} ${count === 1 ? 'person' : 'people'}`;
