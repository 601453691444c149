import { useCallback, useEffect, useRef, useState } from 'react';
import { readError } from '../../components/read-error.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { type CampaignDetail, type Draft, draftOf } from './draft.ts';

export type SaveState = 'saved' | 'saving' | 'stale' | 'failed';

export interface EditedDraft {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly state: SaveState;
  readonly error: unknown;
  /** Saves what is not saved yet; the version that is stored then. Throws the refusal where it can't be. */
  readonly flush: () => Promise<number>;
  /** Gives up what is not saved and takes what is stored. */
  readonly reload: () => Promise<void>;
}

const pauseMs = 600;

/** A draft that is saved as one types: one save at a time, the newest text last, over the version that was seen. */
export function useDraft(campaign: CampaignDetail): EditedDraft {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const [draft, setDraft] = useState(() => draftOf(campaign));
  const [state, setState] = useState<SaveState>('saved');
  const [error, setError] = useState<unknown>(null);
  const work = useRef({
    latest: draft,
    stored: draft,
    version: campaign.version,
    running: null as Promise<void> | null,
    timer: undefined as ReturnType<typeof setTimeout> | undefined,
  });
  const { id } = campaign;

  const saveOnce = useCallback(async () => {
    const current = work.current;
    const sent = current.latest;
    setState('saving');
    try {
      const saved = await utils.client.campaigns.save.mutate({ orgId, id, version: current.version, draft: sent });
      current.stored = sent;
      current.version = saved.version;
      utils.campaigns.get.setData({ orgId, id }, (old) => old && ({ ...old, ...sent, ...saved } as CampaignDetail));
      setError(null);
      setState('saved');
    } catch (refusal) {
      setError(refusal);
      setState(readError(refusal).code === 'stale' ? 'stale' : 'failed');
      throw refusal;
    }
  }, [orgId, id, utils]);

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

  const take = useCallback((from: CampaignDetail) => {
    const current = work.current;
    clearTimeout(current.timer);
    current.latest = draftOf(from);
    current.stored = current.latest;
    current.version = from.version;
    setDraft(current.latest);
    setState('saved');
    setError(null);
  }, []);

  const reload = useCallback(async () => {
    take(await utils.campaigns.get.fetch({ orgId, id }, { staleTime: 0 }));
  }, [take, utils, orgId, id]);

  // Somebody else saved while nothing here was unsaved: their version is shown.
  useEffect(() => {
    const current = work.current;
    if (campaign.version > current.version && !current.running && current.latest === current.stored) take(campaign);
  }, [campaign, take]);

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
