/** What one request of the ingest API may carry. */
export const ingestLimits = {
  /** Items of one request. */
  items: 1000,
  /** Bytes of its body. */
  bytes: 2 * 1024 * 1024,
  /** Lines of one order. */
  lines: 200,
} as const;
