import type { RunningJob } from '../../components/app-frame-types.ts';
import { formatCount } from '../../components/format-number.ts';
import type { Outputs } from '../../trpc.ts';

type OpenImport = Pick<
  Outputs['imports']['open'][number],
  'id' | 'fileName' | 'dryRun' | 'progress' | 'rowsTotal' | 'counts'
>;
type Sending = Pick<Outputs['campaigns']['list']['items'][number], 'id' | 'name' | 'progress'>;

/** What the top bar says of the imports and sendings that go on now. `base` is the path of the organization. */
export function runningJobs(
  imports: readonly OpenImport[],
  campaigns: readonly Sending[],
  base: string,
): readonly RunningJob[] {
  return [...campaigns.map((campaign) => sendingJob(campaign, base)), ...imports.map((job) => importJob(job, base))];
}

function importJob({ id, fileName, dryRun, progress, rowsTotal, counts }: OpenImport, base: string): RunningJob {
  const rows = rowsTotal === null ? `${formatCount(counts.rows)} rows` : `${done(counts.rows, rowsTotal)} rows`;
  return {
    id,
    label: dryRun ? 'Dry run' : 'Import',
    detail: `${fileName}, ${rows}`,
    progress,
    href: `${base}/imports/${id}`,
  };
}

function sendingJob({ id, name, progress }: Sending, base: string): RunningJob {
  const href = `${base}/campaigns/${id}`;
  if (progress === null) return { id, label: name, detail: 'Getting ready', progress: null, href };
  const total = progress.planned ?? progress.expected;
  const settled = Object.values(progress.counts).reduce((sum, count) => sum + count, 0);
  return {
    id,
    label: name,
    detail: `${done(settled, total)} messages`,
    progress: total === 0 ? null : Math.min(1, settled / total),
    href,
  };
}

function done(part: number, whole: number): string {
  return `${formatCount(part)} of ${formatCount(whole)}`;
}
