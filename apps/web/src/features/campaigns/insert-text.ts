/** A text with something put in the place of a selection, and where the caret stands then. */
export function insertText(
  text: string,
  insertion: string,
  start: number,
  end: number,
): { text: string; caret: number } {
  return { text: text.slice(0, start) + insertion + text.slice(end), caret: start + insertion.length };
}

/** Puts a text where the caret of a field is, tells the change and takes the keyboard back into the field. */
export function insertAtCaret(
  field: HTMLInputElement | HTMLTextAreaElement | null,
  value: string,
  insertion: string,
  onChange: (value: string) => void,
): void {
  const start = field?.selectionStart ?? value.length;
  const end = field?.selectionEnd ?? start;
  const { text, caret } = insertText(value, insertion, start, end);
  onChange(text);
  requestAnimationFrame(() => {
    field?.focus();
    field?.setSelectionRange(caret, caret);
  });
}
