import { type RefObject, useEffect } from 'react';
import type { TreeActions } from './use-tree.ts';

type Command = (actions: TreeActions, key: string) => void;

/** With Alt, in a row or on a group's head. By code, as Alt writes other letters on some keyboards. */
const ofRow: Readonly<Record<string, Command>> = {
  ArrowUp: (actions, key) => actions.move(key, -1),
  ArrowDown: (actions, key) => actions.move(key, 1),
  ArrowRight: (actions, key) => actions.indent(key),
  ArrowLeft: (actions, key) => actions.outdent(key),
  KeyD: (actions, key) => actions.duplicate(key),
  Delete: (actions, key) => actions.remove(key),
  Backspace: (actions, key) => actions.remove(key),
};

/** Keys that mean something inside a text that is being typed. */
const ofText: ReadonlySet<string> = new Set(['ArrowLeft', 'ArrowRight', 'Delete', 'Backspace']);

const isTyping = (target: HTMLElement) =>
  target instanceof HTMLInputElement &&
  !target.readOnly &&
  target.type !== 'checkbox' &&
  target.type !== 'radio' &&
  target.value !== '';

/**
 * The builder by keyboard: Alt with the arrows moves the row that has the focus, Alt-Enter goes to its group's "Add condition",
 * Ctrl-Z takes the last edit back. Texts outside of the builder keep their own undo.
 */
export function useShortcuts(builder: RefObject<HTMLElement | null>, actions: TreeActions): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      const inside = builder.current?.contains(target) ?? false;
      if (!inside && target !== document.body) return;
      if (run(event, target, actions)) {
        event.preventDefault();
        event.stopPropagation();
      }
    }
    // Before a select takes the arrows for itself.
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [builder, actions]);
}

function run(event: KeyboardEvent, target: HTMLElement, actions: TreeActions): boolean {
  const { altKey, shiftKey, code } = event;
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && !altKey && (code === 'KeyZ' || code === 'KeyY')) {
    if (code === 'KeyY' || shiftKey) actions.redo();
    else actions.undo();
    return true;
  }
  if (!altKey || isCommand) return false;
  if (code === 'Enter') return addNear(target, shiftKey);
  const key = target.closest<HTMLElement>('[data-row]')?.dataset.row;
  const command = ofRow[code];
  if (key === undefined || command === undefined || shiftKey) return false;
  if (ofText.has(code) && isTyping(target)) return false;
  command(actions, key);
  return true;
}

function addNear(target: HTMLElement, withGroup: boolean): boolean {
  const group = target.closest<HTMLElement>('[data-group]');
  const key = group?.dataset.group;
  if (!group || key === undefined) return false;
  if (withGroup) group.querySelector<HTMLElement>(`[data-add-group="${key}"]`)?.click();
  else group.querySelector<HTMLElement>(`[data-picker="${key}"] input`)?.focus();
  return true;
}
