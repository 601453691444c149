import { Skeleton, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatPercent } from './format-number.ts';
import { Sparkline } from './sparkline.tsx';
import classes from './tile.module.css';

interface TileProps {
  readonly label: string;
  /** Usually `<Count compact>`, `<Money compact>` or `<Percent>`; undefined while it loads. */
  readonly value: ReactNode | undefined;
  /** The same number in this period and the one before; shown as a change. */
  readonly change?: { readonly now: number; readonly before: number; readonly period: string } | undefined;
  /** For a number that should fall, such as bounces. */
  readonly lessIsBetter?: boolean;
  /** Words in place of a change. */
  readonly note?: ReactNode;
  readonly history?: readonly number[] | undefined;
  /** Where the people or messages behind the number are listed: a path of the app. */
  readonly href?: string;
  /** The filter of that list, as it stands in the address. */
  readonly search?: Readonly<Record<string, string>>;
}

/** A number that matters: what it is, how much, how it changed. A click goes to what is behind it. */
export function Tile({ label, value, change, lessIsBetter = false, note, history, href, search }: TileProps) {
  const content = (
    <>
      <span className={classes.label}>{label}</span>
      <span className={classes.row}>
        <span className={classes.number}>
          {value === undefined ? <Skeleton component="span" display="block" w={72} h={24} my={5} /> : value}
        </span>
        {history && (
          <span className={classes.spark}>
            <Sparkline values={history} label={`${label} over time`} />
          </span>
        )}
      </span>
      <span className={classes.change}>{change ? <Change {...change} lessIsBetter={lessIsBetter} /> : note}</span>
    </>
  );
  if (href === undefined) return <div className={classes.tile}>{content}</div>;
  return (
    <Link to={href} {...(search ? { search: search as never } : {})} className={classes.tile ?? ''}>
      {content}
    </Link>
  );
}

/** Tiles side by side: two in a row on phones, as many as fit elsewhere. */
export function Tiles({ children }: { readonly children: ReactNode }) {
  return <div className={classes.tiles}>{children}</div>;
}

interface ChangeProps {
  readonly now: number;
  readonly before: number;
  readonly period: string;
  readonly lessIsBetter: boolean;
}

function Change({ now, before, period, lessIsBetter }: ChangeProps) {
  if (before === 0) return now === 0 ? `Same as ${period}` : `None in ${period}`;
  const share = (now - before) / before;
  if (share === 0) return `Same as ${period}`;
  const good = share > 0 !== lessIsBetter;
  return (
    <>
      <b style={{ color: good ? 'var(--crm-success)' : 'var(--crm-danger)' }}>
        <span aria-hidden>{share > 0 ? '↑' : '↓'}</span> {formatPercent(Math.abs(share))}
        <VisuallyHidden component="span">{share > 0 ? ' more' : ' less'}</VisuallyHidden>
      </b>{' '}
      against {period}
    </>
  );
}
