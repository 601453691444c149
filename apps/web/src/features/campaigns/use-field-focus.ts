import { useEffect } from 'react';

/** Takes the keyboard to the field that a fault of the review is about; fields say their path in `data-field`. */
export function useFieldFocus(field: string | undefined): void {
  useEffect(() => {
    if (field === undefined) return undefined;
    // The step is there a moment later: parts of it wait for what they show.
    const timer = setTimeout(() => {
      const element = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
      element?.focus({ preventScroll: true });
      element?.scrollIntoView({ block: 'center' });
    }, 150);
    return () => clearTimeout(timer);
  }, [field]);
}
