import { createSpotlight } from '@mantine/spotlight';

/** The palette's own store, and what opens and closes it. */
export const [paletteStore, palette] = createSpotlight();

/**
 * Selects the first action where none is, as Spotlight itself does when the text changes. It knows nothing of answers that come later,
 * and without this Enter would do nothing for them.
 */
export function selectFirstAction(): void {
  const { listId } = paletteStore.getState();
  const list = listId ? document.getElementById(listId) : null;
  if (list === null || list.querySelector('[data-selected]')) return;
  list.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  paletteStore.updateState((state) => ({ ...state, selected: 0 }));
}
