import { Button, Textarea, TextInput } from '@mantine/core';
import { copyName, everyone, type FieldCatalogue, type Rule, type SegmentId } from '@mini-crm/domain';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ReadOnlyNote } from '../../components/read-only-note.tsx';
import { Section } from '../../components/section.tsx';
import { useNow } from '../../components/use-now.ts';
import { useOrganization } from '../../organization.tsx';
import type { Builder } from './builder-context.tsx';
import { readEditor } from './editor-rule.ts';
import { newGroup } from './editor-tree.ts';
import { ownFault, serverFault } from './fault-mark.ts';
import { toEditor } from './open-rule.ts';
import { OverlapSection } from './overlap-section.tsx';
import { PeopleSection } from './people-section.tsx';
import { RuleSection } from './rule-section.tsx';
import { SaveAs } from './save-as.tsx';
import classes from './segment-editor.module.css';
import { SizeBar, SizeSection } from './size-section.tsx';
import { useLeaveGuard } from './use-leave-guard.tsx';
import { usePreview } from './use-preview.ts';
import { useTree } from './use-tree.ts';

/** What is saved of a segment. */
export interface SegmentContent {
  readonly name: string;
  readonly description: string;
  readonly rule: Rule;
}

interface SegmentEditorProps {
  /** The stored segment; null for a new one. */
  readonly segment: (SegmentContent & { readonly id: SegmentId }) | null;
  readonly fields: FieldCatalogue;
  readonly onSave: (content: SegmentContent) => Promise<void>;
  /** Saves the content as another segment; absent for a new one. */
  readonly onSaveAs?: (content: SegmentContent) => Promise<void>;
  /** Why the reader can't save; null where they can. */
  readonly refusal: string | null;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  /** Shown below the size: how it went from day to day. */
  readonly history?: ReactNode;
  /** Shown last in the column beside: who uses the segment. */
  readonly aside?: ReactNode;
  /** Somebody else saved the segment in the meantime: begins anew with theirs. */
  readonly onNewer?: (() => void) | undefined;
}

/** Builds a segment: the sentence, the conditions, and how many people they are. */
export function SegmentEditor(props: SegmentEditorProps) {
  const { segment, fields, onSave, onSaveAs, refusal, actions, history, aside, onNewer } = props;
  const organization = useOrganization();
  const now = useNow();
  const [name, setName] = useState(segment?.name ?? '');
  const [description, setDescription] = useState(segment?.description ?? '');
  const tree = useTree(() => (segment ? toEditor(segment.rule.root) : newGroup('all')));
  const { root } = tree;
  const [saved, setSaved] = useState({ name, description, root });
  const [saving, setSaving] = useState(false);
  const [savingAs, setSavingAs] = useState(false);
  /** What the server refused, of which tree. */
  const [refused, setRefused] = useState<{ readonly error: unknown; readonly root: typeof root } | null>(null);
  const [tried, setTried] = useState(false);

  const ownZone = segment?.rule.zone;
  const { zone, currency } = organization;
  const edited = useMemo(
    () => readEditor(root, { now: now.getTime(), zone, fields }, ownZone),
    [root, now, zone, fields, ownZone],
  );
  const builder = useMemo<Builder>(
    () => ({ fields, zone: ownZone ?? zone, currency, actions: tree.actions, segmentId: segment?.id ?? null }),
    [fields, ownZone, zone, currency, tree.actions, segment?.id],
  );
  const shown = edited.state === 'sound' ? edited.rule : edited.state === 'empty' ? everyone : null;
  const preview = usePreview(shown);
  const saveError = refused?.root === root ? refused.error : null;
  const own = ownFault(edited, root);
  const fault = own ?? serverFault(preview.error, edited, root) ?? serverFault(saveError, edited, root);
  const dirty = name !== saved.name || description !== saved.description || root !== saved.root;
  const guard = useLeaveGuard(dirty && !saving && refusal === null);
  useEffect(() => {
    if (onNewer && !dirty) onNewer();
  }, [onNewer, dirty]);
  const isBehind = preview.isBehind || own !== null;
  const off = refusal ?? (edited.state === 'empty' ? 'Add a condition first.' : (fault?.text ?? null));
  const content = (rule: Rule, as = name): SegmentContent => ({
    name: as.trim(),
    description: description.trim(),
    rule,
  });

  async function save() {
    setTried(true);
    if (edited.state !== 'sound' || name.trim() === '') return;
    setSaving(true);
    setRefused(null);
    try {
      await onSave(content(edited.rule));
      setSaved({ name, description, root });
    } catch (error) {
      setRefused({ error, root });
    }
    setSaving(false);
  }

  return (
    <Page>
      <PageHeader title={segment ? segment.name : 'New segment'} actions={actions} />
      <ReadOnlyNote reason={refusal}>You can try conditions, and see whom they find.</ReadOnlyNote>
      {guard}
      {onNewer && dirty && (
        <div className={classes.newer} role="status">
          <span>Somebody else saved this segment in the meantime. Yours can’t be saved over it.</span>
          <Button size="xs" variant="default" onClick={onNewer}>
            Show theirs
          </Button>
        </div>
      )}
      <SizeBar preview={preview.data} isBehind={isBehind} />
      <div className={classes.layout}>
        <div className={classes.main}>
          <Section>
            <div className={classes.names}>
              <TextInput
                label="Name"
                placeholder="Loyal customers"
                maxLength={120}
                value={name}
                error={tried && name.trim() === '' && 'Give the segment a name.'}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Textarea
                label="What it is for"
                placeholder="Optional"
                autosize
                minRows={1}
                maxRows={4}
                maxLength={1000}
                value={description}
                onChange={(event) => setDescription(event.currentTarget.value)}
              />
            </div>
          </Section>
          <RuleSection builder={builder} history={tree.history} edited={edited} fault={fault} ownZone={ownZone} />
          {saveError !== null && <ErrorNotice error={saveError} />}
          <FormActions note={dirty && refusal === null ? 'Unsaved changes' : undefined}>
            {onSaveAs && (
              <ActionButton variant="default" reason={off} onClick={() => setSavingAs(true)}>
                Save as …
              </ActionButton>
            )}
            <ActionButton loading={saving} reason={off} onClick={save}>
              {segment ? 'Save segment' : 'Create segment'}
            </ActionButton>
          </FormActions>
        </div>
        <div className={classes.size}>
          <SizeSection
            preview={preview.data}
            error={fault ? null : preview.error}
            onRetry={() => void preview.refetch()}
            isBehind={isBehind}
            note={fault ? 'of the conditions before; complete the marked one' : null}
            history={history}
          />
        </div>
        <div className={classes.people}>
          <PeopleSection preview={preview.data} isBehind={isBehind} />
          <OverlapSection
            fields={fields}
            segmentId={segment?.id ?? null}
            rule={fault ? null : shown}
            size={isBehind ? undefined : preview.data?.size}
          />
          {aside}
        </div>
      </div>
      {onSaveAs && (
        <SaveAs
          opened={savingAs}
          name={
            name.trim() !== '' && name !== saved.name
              ? name.trim()
              : copyName(
                  saved.name,
                  fields.segments.map((one) => one.name),
                )
          }
          onClose={() => setSavingAs(false)}
          onSave={async (as) => {
            if (edited.state === 'sound') await onSaveAs(content(edited.rule, as));
          }}
        />
      )}
    </Page>
  );
}
