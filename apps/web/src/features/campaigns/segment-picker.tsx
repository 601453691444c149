import { MultiSelect } from '@mantine/core';
import { maximumAudienceSegments, type SegmentId } from '@mini-crm/domain';
import { TextLink } from '../../components/links.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import classes from './segment-picker.module.css';

interface SegmentPickerProps {
  readonly label: string;
  readonly description?: string;
  readonly placeholder: string;
  readonly value: readonly SegmentId[];
  /** Segments of the other list: in both lists one segment would be nobody. */
  readonly not: readonly SegmentId[];
  readonly onChange: (value: SegmentId[]) => void;
}

/** Some of the organization's segments, found by name, each with what it means. */
export function SegmentPicker({ label, description, placeholder, value, not, onChange }: SegmentPickerProps) {
  const { orgId, slug } = useOrganization();
  // Archived ones are not offered, but stay where they were chosen; a list that is still being made can't be used yet.
  const list = trpc.segments.list.useQuery({ orgId, archived: true }, { staleTime: 30_000 });
  const segments = (list.data ?? []).filter((one) => one.kind === 'dynamic' || one.filling === null);
  const about = new Map(segments.map((segment) => [segment.id as string, segment]));
  const gone = list.data ? value.filter((id) => !about.has(id)) : [];
  const options = [
    ...segments
      .filter(({ id, archivedAt }) => !not.includes(id) && (archivedAt === null || value.includes(id)))
      .map(({ id, name, archivedAt }) => ({ value: id as string, label: archivedAt ? `${name} (archived)` : name })),
    ...gone.map((id) => ({ value: id as string, label: 'Deleted segment' })),
  ];
  if (list.data && segments.length === 0 && value.length === 0) {
    return (
      <div>
        <div className={classes.label}>{label}</div>
        <div className={classes.none}>
          There are no segments yet.{' '}
          <TextLink to="/o/$org/segments" params={{ org: slug }}>
            Make a segment
          </TextLink>
        </div>
      </div>
    );
  }
  return (
    <MultiSelect
      label={label}
      {...(description ? { description } : {})}
      placeholder={value.length === 0 ? placeholder : ''}
      data={options}
      value={[...value]}
      onChange={(ids) => onChange(ids as SegmentId[])}
      maxValues={maximumAudienceSegments}
      searchable
      clearable
      hidePickedOptions
      nothingFoundMessage={list.isPending ? 'Loading segments' : 'No segment of this name'}
      error={gone.length > 0 ? 'A segment was deleted: take it out.' : undefined}
      renderOption={({ option }) => (
        <span className={classes.option}>
          <span className={classes.name}>{option.label}</span>
          <span className={classes.sentence}>{wordsOf(about.get(option.value))}</span>
        </span>
      )}
    />
  );
}

type Listed = Outputs['segments']['list'][number];

/** What a segment means: its rule in words, or that it is a list. */
const wordsOf = (segment: Listed | undefined): string | null =>
  segment?.kind === 'static' ? segment.description || 'A list of people' : (segment?.sentence ?? null);
