import { useNavigate } from '@tanstack/react-router';
import { ActionButton } from '../../components/action-button.tsx';
import { formatCount } from '../../components/format-number.ts';
import { notifyError } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { type ImportDraft, toStart } from './import-draft.ts';
import { type ImportJob, type Inspection, isOver, kindWords } from './import-words.ts';
import { forgetDraft } from './use-draft.ts';

interface StartButtonProps {
  readonly draft: ImportDraft;
  readonly inspection: Inspection;
  /** The dry run of these decisions; the button waits for it, so that it can name the number. */
  readonly check: ImportJob | undefined;
}

/** Starts the import for real; names what it will do. */
export function StartButton({ draft, inspection, check }: StartButtonProps) {
  const { orgId, slug, refusal } = useOrganization();
  const navigate = useNavigate();
  const start = trpc.imports.start.useMutation();
  const over = check !== undefined && isOver(check);
  const good = over ? check.counts.rows - check.counts.refused : 0;
  const waiting = !over ? 'Wait until every row is checked.' : good === 0 ? 'No row can be imported like this.' : null;
  const { one, many } = kindWords[draft.kind];

  async function begin() {
    const asked = toStart(draft, inspection, false);
    if (!asked) return;
    try {
      const { importId } = await start.mutateAsync({ orgId, ...asked });
      forgetDraft(inspection.uploadId);
      await navigate({ to: '/o/$org/imports/$importId', params: { org: slug, importId } });
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <ActionButton reason={refusal('imports.start') ?? waiting} loading={start.isPending} onClick={() => void begin()}>
      {over && good > 0 ? `Import ${formatCount(good)} ${good === 1 ? one : many}` : `Import ${many}`}
    </ActionButton>
  );
}
