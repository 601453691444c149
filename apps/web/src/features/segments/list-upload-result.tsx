import { Button, Text } from '@mantine/core';
import { type ListRowFault, ruleLimits } from '@mini-crm/domain';
import { IconDownload } from '@tabler/icons-react';
import { formatCount } from '../../components/format-number.ts';
import classes from './list-page.module.css';
import type { ListUpload } from './upload-list.ts';

const reasons: Record<ListRowFault, string> = {
  key_missing: 'says neither an e-mail address nor an ID',
  nobody_found: 'no customer has this e-mail address or ID',
};

const shown = 5;

/** What became of a file of people: how many are on the list now, and which rows put nobody on it. */
export function ListUploadResult({ result, fileName }: { readonly result: ListUpload; readonly fileName: string }) {
  const { added, already, refused, examples } = result;
  return (
    <div className={classes.result} role="status">
      <strong>
        {formatCount(added)} {added === 1 ? 'person' : 'people'} added
      </strong>
      {already > 0 && <span>{formatCount(already)} were on the list already, or twice in the file</span>}
      {refused > 0 && (
        <>
          <span>
            {formatCount(refused)} {refused === 1 ? 'row was' : 'rows were'} left out:
          </span>
          <ul className={classes.refused}>
            {examples.slice(0, shown).map(({ row, reason, said }) => (
              <li key={row}>
                Row {formatCount(row)}
                {said && (
                  <>
                    {' '}
                    <bdi>“{said}”</bdi>
                  </>
                )}{' '}
                {reasons[reason]}
              </li>
            ))}
            {refused > shown && <li>and {formatCount(refused - shown)} more</li>}
          </ul>
          {refused > shown && (
            <Button
              component="a"
              href={refusedFile(examples)}
              download={`${fileName.replace(/\.[^.]*$/, '')}-left-out.csv`}
              size="xs"
              variant="default"
              leftSection={<IconDownload size={14} />}
            >
              Download {refused > examples.length ? `the first ${formatCount(examples.length)}` : 'what was left out'}
            </Button>
          )}
        </>
      )}
      {refused === 0 && added + already === 0 && <Text c="dimmed">The file names nobody.</Text>}
    </div>
  );
}

/** The rows as a file of their own; what they said can't start a formula. */
function refusedFile(examples: ListUpload['examples']): string {
  const cell = (text: string) => {
    const guarded = /^[\t\r\n ]*[=+\-@]/.test(text) ? `'${text}` : text;
    return `"${guarded.slice(0, ruleLimits.characters).replaceAll('"', '""')}"`;
  };
  const lines = examples.map(({ row, reason, said }) => `${row},${cell(said)},${cell(reasons[reason])}`);
  return `data:text/csv;charset=utf-8,${encodeURIComponent(['row,said,reason', ...lines].join('\r\n'))}`;
}
