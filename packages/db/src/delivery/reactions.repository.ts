import { randomBytes } from 'node:crypto';
import { type Reaction, type ReactionState, withReactions } from '@mini-crm/domain';
import type { Bound } from '../organization/bound.ts';
import type { DeliveryDocument } from './delivery.model.ts';

const attempts = 5;

const fields = [
  ...(['openedAt', 'opens', 'clickedAt', 'clicks', 'machineOpenedAt', 'machineOpens'] as const),
  ...(['machineClickedAt', 'machineClicks', 'visits'] as const),
] satisfies (keyof ReactionState)[];
const read = Object.fromEntries(['at', 'reactedBy', ...fields].map((name) => [name, 1]));

/** Openings and clicks on the rows of one organization's log, written in bulk. */
export function reactionsRepository(deliveries: Bound<DeliveryDocument>) {
  /** Writes what follows for rows that nobody has changed meanwhile; returns the ids of those that somebody has. */
  async function write(rows: readonly DeliveryDocument[], reactions: ReadonlyMap<string, readonly Reaction[]>) {
    const by = randomBytes(9).toString('base64url');
    const operations = rows.map((row) => ({
      updateOne: {
        where: { _id: row._id, reactedBy: row.reactedBy ?? null },
        change: changeOf(withReactions(row, row.at, reactions.get(row._id) ?? []), by),
      },
    }));
    const { matched } = await deliveries.bulkWrite(operations, { ordered: false });
    if (matched === rows.length) return [];
    const ids = rows.map(({ _id }) => _id);
    const now = await deliveries.find({ _id: { $in: ids } }, { projection: { reactedBy: 1 } }).toArray();
    return now.filter(({ reactedBy }) => reactedBy !== by).map(({ _id }) => _id);
  }

  return {
    /**
     * Notes what was asked for with the links of some messages, by the ids of their rows. Each row is read, decided over and
     * written over what was read, so that processes that note the same message at once lose nothing. Returns the ids that
     * have no row (yet).
     */
    async record(reactions: ReadonlyMap<string, readonly Reaction[]>): Promise<string[]> {
      const missing: string[] = [];
      let open = [...reactions.keys()];
      for (let attempt = 0; open.length > 0 && attempt < attempts; attempt++) {
        const rows = await deliveries.find({ _id: { $in: open } }, { projection: read }).toArray();
        if (attempt === 0 && rows.length < open.length) {
          const found = new Set(rows.map(({ _id }) => _id));
          missing.push(...open.filter((id) => !found.has(id)));
        }
        open = rows.length === 0 ? [] : await write(rows, reactions);
      }
      if (open.length > 0) throw new Error(`${open.length} rows change faster than reactions to them can be noted`);
      return missing;
    },
  };
}

/** Sets what a row says now and takes away what it no longer says. */
function changeOf(state: ReactionState, reactedBy: string) {
  const gone = fields.filter((field) => state[field] === undefined);
  return {
    $set: { ...state, clicks: [...state.clicks], reactedBy },
    ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((field) => [field, ''])) } : {}),
  } as object;
}

export type ReactionsRepository = ReturnType<typeof reactionsRepository>;
