import type { ImportDocument, RefusedRow } from '@mini-crm/db';
import { describeRowFault } from '@mini-crm/domain';

/** An import as the web app shows it. */
export function toImportDto(job: ImportDocument) {
  return {
    id: job._id,
    kind: job.kind,
    fileName: job.fileName,
    fileSize: job.fileSize,
    dryRun: job.dryRun,
    state: job.state,
    phase: job.phase,
    cancelAsked: job.cancelAsked,
    counts: job.counts,
    rowsTotal: job.rowsTotal,
    progress: job.progress,
    failure: job.failure,
    createdBy: job.createdBy.name,
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
  };
}
export type ImportDto = ReturnType<typeof toImportDto>;

const longestCell = 80;

/** A refused row as the web app shows it: its reason in words, and its first cells, shortened. */
export function toRefusedDto(refused: RefusedRow) {
  return {
    row: refused.row,
    reason: describeRowFault(refused.fault),
    cells: refused.cells
      .slice(0, 6)
      .map((cell) => (cell.length > longestCell ? `${cell.slice(0, longestCell - 1)}…` : cell)),
  };
}
