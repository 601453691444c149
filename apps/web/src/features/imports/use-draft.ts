import { useLocalStorage } from '@mantine/hooks';
import { useMemo } from 'react';
import { type DraftDefaults, firstDraft, type ImportDraft } from './import-draft.ts';
import type { Inspection } from './import-words.ts';

/** The decisions about one upload, kept as they are made, so that one leaves and comes back at the same place. */
export function useDraft(inspection: Inspection, defaults: DraftDefaults) {
  const suggested = useMemo(() => firstDraft(inspection, defaults), [inspection, defaults]);
  const [stored, setStored] = useLocalStorage<ImportDraft | null>({
    key: `mini-crm.import.${inspection.uploadId}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  // A draft of another delimiter has other columns, and is of no use any more.
  const fits = stored !== null && stored.targets.customers.length === inspection.columns.length;
  const draft = fits ? { ...stored, delimiter: inspection.delimiter } : suggested;
  return { draft, change: (part: Partial<ImportDraft>) => setStored({ ...draft, ...part }) };
}

/** Forgets the decisions about an upload that was imported. */
export function forgetDraft(uploadId: string): void {
  localStorage.removeItem(`mini-crm.import.${uploadId}`);
}
