/** So many days after their message what recipients buy is counted beside a campaign. It is said as what it is: bought after, not because of. */
export const attributionDays = 7;

const length = attributionDays * 86_400_000;

/** The last instant (exclusive) that counts for a message sent then, in ms. Days of 24 hours: a person's clock may change, the span does not. */
export const attributedUntil = (sentAt: number): number => sentAt + length;

/** Whether something bought at one instant counts for a message sent at another. */
export const isAttributed = (sentAt: number, boughtAt: number): boolean =>
  boughtAt >= sentAt && boughtAt < attributedUntil(sentAt);
