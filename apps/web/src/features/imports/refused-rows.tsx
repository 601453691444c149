import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { formatCount } from '../../components/format-number.ts';
import { Section } from '../../components/section.tsx';
import { useOrganization } from '../../organization.tsx';
import type { ImportJob } from './import-words.ts';
import classes from './imports.module.css';

/** The first refused rows with their reasons, and all of them as a file that can be mended and uploaded again. */
export function RefusedRows({ job }: { readonly job: ImportJob }) {
  const { orgId, can } = useOrganization();
  const { refused } = job.counts;
  const shown = job.refused.length;
  return (
    <Section
      title={refused === 1 ? '1 refused row' : `${formatCount(refused)} refused rows`}
      description="Download them, mend them in your spreadsheet and upload that file: the two columns with row and reason are left out by themselves."
      actions={
        can('imports.refused') && (
          <Button
            component="a"
            href={`/api/o/${orgId}/imports/${job.id}/refused.csv`}
            download
            variant="default"
            leftSection={<IconDownload size={16} stroke={1.7} />}
          >
            Download refused rows
          </Button>
        )
      }
      flush
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Refused rows">
        <table className={classes.rows}>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">Reason</th>
              {job.header.map((name, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; names may be there twice
                <th key={index} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {job.refused.map(({ row, reason, cells }) => (
              <tr key={row}>
                <td>{formatCount(row)}</td>
                <td className={classes.reason}>{reason}</td>
                {job.header.map((_, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                  <td key={index}>{cells[index]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {shown < refused && (
        <p className={classes.more}>
          The first {formatCount(shown)} are shown; the file has all {formatCount(refused)}.
        </p>
      )}
    </Section>
  );
}
