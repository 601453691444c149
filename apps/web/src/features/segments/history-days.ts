/** How far back the history of a segment's size is shown. */
export const historyDays = 90;
