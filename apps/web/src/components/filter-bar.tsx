import { Button, Menu, Popover, Tooltip } from '@mantine/core';
import { IconCheck, IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './filter-bar.module.css';
import { SearchBox } from './search-box.tsx';

interface FilterBase {
  readonly id: string;
  /** "State" */
  readonly label: string;
  readonly onClear: () => void;
  /** Why it can't be chosen beside the others; the chip stays, says so and does nothing. */
  readonly unavailable?: string | undefined;
}

/** A filter with a few values to choose from. */
export interface ChoiceFilter extends FilterBase {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
}

/** A filter with fields of its own in a popover: a range of dates, an amount. */
export interface CustomFilter extends FilterBase {
  readonly kind: 'custom';
  /** What it is set to, in words; undefined when it is not. */
  readonly summary: string | undefined;
  readonly content: ReactNode;
}

export type Filter = ChoiceFilter | CustomFilter;

interface FilterBarProps {
  readonly search?: {
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly placeholder: string;
  };
  readonly filters?: readonly Filter[];
  readonly onClearAll?: () => void;
  /** At the right end: a switch of views, an export. */
  readonly end?: ReactNode;
}

/** One line of search and filter chips above a list. The page keeps their state in the address. */
export function FilterBar({ search, filters = [], onClearAll, end }: FilterBarProps) {
  const used = filters.filter((filter) => summaryOf(filter) !== undefined).length + (search?.value ? 1 : 0);
  return (
    <search className={classes.bar}>
      {search && (
        <div className={classes.search}>
          <SearchBox {...search} />
        </div>
      )}
      {filters.map((filter) => (
        <Chip key={filter.id} filter={filter} />
      ))}
      {onClearAll && used > 1 && (
        <Button variant="subtle" color="gray" onClick={onClearAll}>
          Clear filters
        </Button>
      )}
      {end !== undefined && <div className={classes.end}>{end}</div>}
    </search>
  );
}

function summaryOf(filter: Filter): string | undefined {
  if (filter.kind === 'custom') return filter.summary;
  return filter.value === undefined
    ? undefined
    : (filter.options.find((option) => option.value === filter.value)?.label ?? filter.value);
}

function Chip({ filter }: { readonly filter: Filter }) {
  const summary = summaryOf(filter);
  if (filter.unavailable && summary === undefined) {
    return (
      <Tooltip label={filter.unavailable} multiline maw={280}>
        <button type="button" className={classes.chip} aria-disabled aria-description={filter.unavailable}>
          <IconPlus size={14} aria-hidden />
          {filter.label}
        </button>
      </Tooltip>
    );
  }
  const button = (
    <button type="button" className={classes.chip}>
      {summary === undefined && <IconPlus size={14} aria-hidden />}
      {filter.label}
      {summary !== undefined && <span className={classes.value}>{summary}</span>}
    </button>
  );
  const chooser =
    filter.kind === 'choice' ? (
      <Menu position="bottom-start">
        <Menu.Target>{button}</Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
          {filter.options.map((option) => (
            <Menu.Item
              key={option.value}
              onClick={() => filter.onChange(option.value)}
              rightSection={option.value === filter.value ? <IconCheck size={14} aria-label="chosen" /> : null}
            >
              {option.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    ) : (
      <Popover position="bottom-start" trapFocus>
        <Popover.Target>{button}</Popover.Target>
        <Popover.Dropdown>{filter.content}</Popover.Dropdown>
      </Popover>
    );
  if (summary === undefined) return chooser;
  return (
    <span className={classes.pair}>
      {chooser}
      <button
        type="button"
        className={classes.remove}
        aria-label={`Remove filter ${filter.label}`}
        onClick={filter.onClear}
      >
        <IconX size={14} />
      </button>
    </span>
  );
}
