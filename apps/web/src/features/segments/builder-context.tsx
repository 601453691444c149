import type { FieldCatalogue, SegmentId } from '@mini-crm/domain';
import { createContext, type ReactNode, useContext } from 'react';
import classes from './rows.module.css';
import type { TreeActions } from './use-tree.ts';

/** What all rows of a builder share. */
export interface Builder {
  readonly fields: FieldCatalogue;
  /** The zone whose days the rule's windows are. */
  readonly zone: string;
  /** The organization's currency, which amounts begin with. */
  readonly currency: string;
  readonly actions: TreeActions;
  /** The segment that is edited: it can't name itself. */
  readonly segmentId: SegmentId | null;
}

const BuilderContext = createContext<Builder | null>(null);
export const BuilderProvider = BuilderContext.Provider;

/** The builder around a row. */
export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (builder === null) throw new Error('A row outside of a builder');
  return builder;
}

/** The one row at fault and what to do about it. */
export interface MarkedFault {
  readonly key: string;
  readonly text: string;
}

const FaultContext = createContext<MarkedFault | null>(null);
export const FaultProvider = FaultContext.Provider;

/** Why nothing can be added any more; apart from the builder, so that rows don't follow every count. */
const FullContext = createContext<string | null>(null);
export const FullProvider = FullContext.Provider;
export const useFull = (): string | null => useContext(FullContext);

/** What is missing in the row with a key, if it is the one at fault. */
export function FaultOf({ at }: { readonly at: string }): ReactNode {
  const fault = useContext(FaultContext);
  if (fault?.key !== at) return null;
  return (
    <div className={classes.fault} role="status" data-fault>
      {fault.text}
    </div>
  );
}
