/** A group of documents by the quarter of an hour in which something happened. */
export interface InstantGroup {
  _id: Date;
  count: number;
}

/** The beginning of the quarter of an hour that holds an instant. All zones are whole quarters away from UTC, so that domain can put these into the days of any. */
export const quarterOf = (field: string) => ({ $dateTrunc: { date: `$${field}`, unit: 'minute', binSize: 15 } });

/** Counts documents by the quarter of an hour of a field. */
export const countedEveryQuarter = (field: string) => ({ $group: { _id: quarterOf(field), count: { $sum: 1 } } });
