import { Textarea, TextInput } from '@mantine/core';
import { describeRule, everyone, type FieldCatalogue, type Rule } from '@mini-crm/domain';
import { type ReactNode, useMemo, useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ReadOnlyNote } from '../../components/read-only-note.tsx';
import { Section } from '../../components/section.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { useNow } from '../../components/use-now.ts';
import { useOrganization } from '../../organization.tsx';
import { readEditor } from './editor-rule.ts';
import { newGroup, toEditor } from './editor-tree.ts';
import { GroupBox } from './group-box.tsx';
import { faultWords } from './operator-words.ts';
import classes from './segment-editor.module.css';
import { PeopleSection, SizeSection } from './size-section.tsx';
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
  readonly segment: SegmentContent | null;
  readonly fields: FieldCatalogue;
  readonly onSave: (content: SegmentContent) => Promise<void>;
  /** Why the reader can't save; null where they can. */
  readonly refusal: string | null;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
}

/** Builds a segment: the sentence, the conditions, and how many people they are. */
export function SegmentEditor({ segment, fields, onSave, refusal, actions }: SegmentEditorProps) {
  const { zone } = useOrganization();
  const now = useNow();
  const [name, setName] = useState(segment?.name ?? '');
  const [description, setDescription] = useState(segment?.description ?? '');
  const { root, actions: tree } = useTree(() => (segment ? toEditor(segment.rule.root) : newGroup('all')));
  const [start] = useState({ name, description, root });
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [tried, setTried] = useState(false);

  const ruleZone = segment?.rule.zone;
  const edited = useMemo(
    () => readEditor(root, { now: now.getTime(), zone, fields }, ruleZone),
    [root, now, zone, fields, ruleZone],
  );
  const shown = edited.state === 'sound' ? edited.rule : edited.state === 'empty' ? everyone : null;
  const preview = usePreview(shown);
  const dirty = name !== start.name || description !== start.description || root !== start.root;
  const guard = useLeaveGuard(dirty && !saving && refusal === null);
  const fault = edited.state === 'faulty' ? edited : null;
  const faultText = fault && faultWords(fault.fault.details.reason, fault.fault.details.limit);
  const nameMissing = tried && name.trim() === '';

  async function save() {
    setTried(true);
    if (edited.state !== 'sound' || name.trim() === '') return;
    setSaving(true);
    setError(null);
    try {
      await onSave({ name: name.trim(), description: description.trim(), rule: edited.rule });
    } catch (refused) {
      setError(refused);
      setSaving(false);
    }
  }

  return (
    <Page>
      <PageHeader title={segment ? segment.name : 'New segment'} actions={actions} />
      <ReadOnlyNote reason={refusal}>You can try conditions, and see whom they find.</ReadOnlyNote>
      {guard}
      <div className={classes.layout}>
        <div className={classes.main}>
          <Section>
            <div className={classes.names}>
              <TextInput
                label="Name"
                placeholder="Loyal customers"
                maxLength={120}
                value={name}
                error={nameMissing && 'Give the segment a name.'}
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
          <Section title="Who is in it" description={ruleZone ? `Days are those of ${ruleZone}.` : undefined}>
            <div className={classes.rule}>
              <Sentence>
                {edited.state === 'sound' && describeRule(edited.rule, fields)}
                {edited.state === 'empty' && 'Everybody, until you add the first condition.'}
                {fault && <span className={classes.unfinished}>The marked condition is not complete yet.</span>}
              </Sentence>
              <GroupBox
                group={root}
                fields={fields}
                actions={tree}
                zone={ruleZone}
                faultAt={(key) => (fault?.key === key ? faultText : null)}
              />
            </div>
          </Section>
          {error !== null && <ErrorNotice error={error} />}
          <FormActions note={dirty && refusal === null ? 'Unsaved changes' : undefined}>
            <ActionButton
              loading={saving}
              reason={refusal ?? (edited.state === 'empty' ? 'Add a condition first.' : fault ? faultText : null)}
              onClick={save}
            >
              {segment ? 'Save segment' : 'Create segment'}
            </ActionButton>
          </FormActions>
        </div>
        <div className={classes.size}>
          <SizeSection
            preview={preview.data}
            error={preview.error}
            onRetry={() => void preview.refetch()}
            isBehind={preview.isBehind || fault !== null}
            note={fault ? 'of the conditions before; complete the marked one' : null}
          />
        </div>
        <div className={classes.people}>
          <PeopleSection preview={preview.data} isBehind={preview.isBehind || fault !== null} />
        </div>
      </div>
    </Page>
  );
}
