import { formatCount } from '../../components/format-number.ts';
import { Section } from '../../components/section.tsx';
import type { Inspection } from './import-words.ts';
import classes from './imports.module.css';

/** The first rows as they stand in the file. */
export function FirstRows({ inspection }: { readonly inspection: Inspection }) {
  return (
    <Section title={`First ${formatCount(inspection.rows.length)} rows`} flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="First rows of the file">
        <table className={classes.rows}>
          <thead>
            <tr>
              <th scope="col">Row</th>
              {inspection.columns.map(({ name }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; names may be there twice
                <th key={index} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {inspection.rows.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the file
              <tr key={row}>
                <td>{formatCount(row + 2)}</td>
                {inspection.columns.map((_, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                  <td key={index}>{cells[index]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  );
}
