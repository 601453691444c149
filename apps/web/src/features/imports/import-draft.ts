import {
  type ColumnTarget,
  type CsvDelimiter,
  checkMapping,
  type DateOrder,
  type ImportId,
  type ImportKind,
  type MappingFault,
  type StartImport,
  startOfDay,
} from '@mini-crm/domain';
import type { Inspection } from './import-words.ts';

/** What a person has decided about a file so far; kept in the browser under the upload's id. */
export interface ImportDraft {
  readonly kind: ImportKind;
  readonly delimiter: CsvDelimiter;
  readonly targets: Readonly<Record<ImportKind, readonly ColumnTarget[]>>;
  readonly zone: string;
  readonly currency: string;
  readonly decimalSign: '.' | ',';
  /** Null until it is said where the file leaves it open. */
  readonly dateOrder: DateOrder | null;
  readonly consent: {
    /** Null until it is answered. */
    readonly given: boolean | null;
    readonly channel: 'email' | 'sms';
    readonly how: string;
    /** A civil date, in the zone of the import. */
    readonly on: string;
  };
  /** The dry run, and the decisions that it was made with. */
  readonly check: { readonly importId: ImportId; readonly of: string } | null;
}

export interface DraftDefaults {
  readonly zone: string;
  readonly currency: string;
}

/** The draft that a file suggests. */
export function firstDraft(inspection: Inspection, defaults: DraftDefaults): ImportDraft {
  return {
    kind: inspection.kind,
    delimiter: inspection.delimiter,
    targets: inspection.guesses,
    zone: defaults.zone,
    currency: defaults.currency,
    decimalSign: inspection.decimalSign,
    dateOrder: null,
    consent: { given: null, channel: 'email', how: '', on: '' },
    check: null,
  };
}

export const columnsOf = (draft: ImportDraft): readonly ColumnTarget[] => draft.targets[draft.kind];

/** The draft with another target for one column. */
export function withTarget(draft: ImportDraft, index: number, target: ColumnTarget): ImportDraft {
  const columns = columnsOf(draft).map((held, at) => (at === index ? target : held));
  return { ...draft, targets: { ...draft.targets, [draft.kind]: columns } };
}

const readsDates = (target: ColumnTarget): boolean =>
  (target.type === 'order' && target.field === 'orderedAt') ||
  (target.type === 'newAttribute' && (target.valueType === 'date' || target.valueType === 'datetime')) ||
  (target.type === 'property' && target.valueType === 'datetime') ||
  target.type === 'attribute';

/** Which orders of day and month the file's dates allow: one, both (then it is asked), or none where no date needs it. */
export function dateQuestion(draft: ImportDraft, inspection: Inspection): readonly DateOrder[] {
  const found = new Set<DateOrder>();
  for (const [index, target] of columnsOf(draft).entries()) {
    const orders = inspection.columns[index]?.dateOrders;
    if (orders && readsDates(target)) for (const order of orders) found.add(order);
  }
  return [...found];
}

/** The order of day and month that the import would use, or null while it is open. */
export function dateOrderOf(draft: ImportDraft, inspection: Inspection): DateOrder | null {
  const orders = dateQuestion(draft, inspection);
  if (orders.length === 0) return 'dmy';
  return orders.length === 1 ? (orders[0] ?? null) : draft.dateOrder;
}

export type OptionFault = 'date_order' | 'consent' | 'consent_how' | 'consent_on';

/** What is still open among the options. */
export function optionFaults(draft: ImportDraft, inspection: Inspection): OptionFault[] {
  const faults: OptionFault[] = [];
  if (dateOrderOf(draft, inspection) === null) faults.push('date_order');
  if (draft.kind === 'customers') {
    const { given, how, on } = draft.consent;
    if (given === null) faults.push('consent');
    if (given && how.trim() === '') faults.push('consent_how');
    if (given && !/^\d{4}-\d{2}-\d{2}$/.test(on)) faults.push('consent_on');
  }
  return faults;
}

/** What is wrong with the mapping, and at which column. */
export function mappingFault(
  draft: ImportDraft,
  catalogue: Parameters<typeof checkMapping>[3],
): { readonly reason: MappingFault; readonly column: number | null } | null {
  const columns = columnsOf(draft);
  const checked = checkMapping(draft.kind, columns.length, columns, catalogue);
  if (checked.ok) return null;
  const { path, details } = checked.error;
  const column = path?.[1];
  return { reason: details?.reason as MappingFault, column: typeof column === 'number' ? column : null };
}

/** The draft as the server takes it; null while something is open. */
export function toStart(draft: ImportDraft, inspection: Inspection, dryRun: boolean): StartImport | null {
  const dateOrder = dateOrderOf(draft, inspection);
  if (dateOrder === null || optionFaults(draft, inspection).length > 0) return null;
  const { kind, delimiter, zone, currency, decimalSign, consent } = draft;
  const basis =
    kind === 'customers' && consent.given
      ? {
          channel: consent.channel,
          how: consent.how.trim(),
          at: new Date(startOfDay(zone, consent.on)).toISOString(),
        }
      : null;
  return {
    uploadId: inspection.uploadId,
    kind,
    delimiter,
    columns: [...columnsOf(draft)],
    options: { zone, currency, decimalSign, dateOrder, consent: basis },
    dryRun,
  };
}

/** A text that differs when the decisions differ: a dry run counts for the decisions that it was made with. */
export const decisionsOf = (start: StartImport): string => JSON.stringify({ ...start, dryRun: true });
