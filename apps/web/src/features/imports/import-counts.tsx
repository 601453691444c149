import { formatCount } from '../../components/format-number.ts';
import { Count } from '../../components/numbers.tsx';
import { Tile, Tiles } from '../../components/tile.tsx';
import { type ImportJob, kindWords } from './import-words.ts';

interface ImportCountsProps {
  readonly job: Pick<ImportJob, 'counts' | 'kind'>;
  /** Nothing is written yet. */
  readonly planned?: boolean;
}

/** What became, or will become, of the rows. */
export function ImportCounts({ job, planned = false }: ImportCountsProps) {
  const { created, updated, unchanged, refused, consentsKept } = job.counts;
  const { many } = kindWords[job.kind];
  const kept =
    consentsKept > 0 ? `${formatCount(consentsKept)} unsubscribed earlier and stay so` : 'Nothing new in the file';
  return (
    <Tiles>
      <Tile label={`New ${many}`} value={<Count value={created} />} note={planned ? 'Will be added' : 'Added'} />
      {job.kind === 'customers' && (
        <Tile label="Changed" value={<Count value={updated} />} note={planned ? 'Will be updated' : 'Updated'} />
      )}
      <Tile label="As they were" value={<Count value={unchanged} />} note={kept} />
      <Tile
        label="Refused rows"
        value={<Count value={refused} />}
        note={refused === 0 ? 'Every row fits' : planned ? 'Will be left out' : 'Left out'}
      />
    </Tiles>
  );
}
