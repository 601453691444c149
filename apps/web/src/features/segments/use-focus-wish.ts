import { type RefObject, useLayoutEffect, useState } from 'react';
import type { EditorGroup } from './editor-tree.ts';
import { placeOf } from './tree-edits.ts';
import type { FocusWish } from './use-tree.ts';

/** Moves the focus where an edit wants it, and says what the edit did: rows that move are drawn anew and lose it. */
export function useFocusWish(
  builder: RefObject<HTMLElement | null>,
  wish: FocusWish | null,
  root: EditorGroup,
): string {
  const [said, setSaid] = useState('');
  // With the edit itself: whoever goes on at once must not be pulled back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a wish; the tree is the one that it came with.
  useLayoutEffect(() => {
    if (!wish) return;
    const place = placeOf(root, wish.key);
    const where = place && wish.said !== 'Removed' ? `, ${place.index + 1} of ${place.parent.children.length}` : '';
    setSaid(`${wish.said}${where}`);
    target(builder.current, wish)?.focus();
  }, [wish]);
  return said;
}

function target(builder: HTMLElement | null, { key, part }: FocusWish): HTMLElement | null | undefined {
  const handle = () => builder?.querySelector<HTMLElement>(`[data-handle="${key}"]`);
  if (part === 'picker') return builder?.querySelector<HTMLElement>(`[data-picker="${key}"] input`);
  if (part === 'handle') return handle();
  // The first value to fill in; what a row is about was just chosen.
  return (
    builder?.querySelector<HTMLElement>(`[data-node="${key}"] input:not([readonly]):not([data-choice])`) ?? handle()
  );
}
