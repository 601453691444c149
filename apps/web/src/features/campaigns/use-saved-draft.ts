import { useCallback, useEffect, useRef, useState } from 'react';
import { readError } from '../../components/read-error.ts';

export type SaveState = 'saved' | 'saving' | 'stale' | 'failed';

export interface SavedDraft<Draft> {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly state: SaveState;
  readonly error: unknown;
  /** Saves what is not saved yet; the version that is stored then. Throws the refusal where it can't be. */
  readonly flush: () => Promise<number>;
  /** Gives up what is not saved and takes what is stored. */
  readonly reload: () => Promise<void>;
}

interface Stored<Draft> {
  readonly draft: Draft;
  readonly version: number;
}

/** How a draft is saved over the version that was seen, and read again. Both keep their identity from render to render. */
export interface DraftStore<Draft> {
  readonly save: (version: number, draft: Draft) => Promise<{ readonly version: number }>;
  readonly read: () => Promise<Stored<Draft>>;
}

const pauseMs = 600;

/** A draft that is saved as one types: one save at a time, the newest text last, over the version that was seen. */
export function useSavedDraft<Draft extends object>(
  seen: Stored<Draft>,
  { save, read }: DraftStore<Draft>,
): SavedDraft<Draft> {
  const [draft, setDraft] = useState(seen.draft);
  const [state, setState] = useState<SaveState>('saved');
  const [error, setError] = useState<unknown>(null);
  const work = useRef({
    latest: draft,
    stored: draft,
    version: seen.version,
    running: null as Promise<void> | null,
    timer: undefined as ReturnType<typeof setTimeout> | undefined,
  });

  const saveOnce = useCallback(async () => {
    const current = work.current;
    const sent = current.latest;
    setState('saving');
    try {
      const saved = await save(current.version, sent);
      current.stored = sent;
      current.version = saved.version;
      setError(null);
      setState('saved');
    } catch (refusal) {
      setError(refusal);
      setState(readError(refusal).code === 'stale' ? 'stale' : 'failed');
      throw refusal;
    }
  }, [save]);

  const flush = useCallback(async () => {
    const current = work.current;
    clearTimeout(current.timer);
    while (current.running || current.latest !== current.stored) {
      current.running ??= saveOnce().finally(() => {
        current.running = null;
      });
      await current.running;
    }
    return current.version;
  }, [saveOnce]);

  const onChange = useCallback(
    (change: Partial<Draft>) => {
      const current = work.current;
      current.latest = { ...current.latest, ...change };
      setDraft(current.latest);
      setState((before) => (before === 'stale' ? before : 'saving'));
      clearTimeout(current.timer);
      current.timer = setTimeout(() => void flush().catch(() => undefined), pauseMs);
    },
    [flush],
  );

  const take = useCallback((from: Stored<Draft>) => {
    const current = work.current;
    clearTimeout(current.timer);
    current.latest = from.draft;
    current.stored = current.latest;
    current.version = from.version;
    setDraft(current.latest);
    setState('saved');
    setError(null);
  }, []);

  const reload = useCallback(async () => take(await read()), [take, read]);

  // Somebody else saved while nothing here was unsaved: their version is shown.
  useEffect(() => {
    const current = work.current;
    if (seen.version > current.version && !current.running && current.latest === current.stored) take(seen);
  }, [seen, take]);

  // Leaving the page loses nothing: what waits for its pause is saved at once.
  useEffect(() => {
    const leave = () => void flush().catch(() => undefined);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [flush]);

  return { draft, onChange, state, error, flush, reload };
}
