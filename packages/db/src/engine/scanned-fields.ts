const fields = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 1] as const));

/** What is read of a customer. */
export const customerFields = fields(
  ...['externalId', 'email', 'phone', 'firstName', 'lastName', 'timeZone', 'locale'],
  ...['attributes', 'consents', 'createdAt'],
);

/** What is read of an event; its `_id` says nothing that is not in it. */
export const eventFields = {
  ...fields('eventId', 'customerId', 'type', 'at', 'currency', 'total', 'lines', 'properties'),
  _id: 0,
};

/** What is read of a row of the communication log. */
export const deliveryFields = fields(
  ...['customerId', 'campaignId', 'state', 'at', 'deliveredAt', 'bouncedAt', 'openedAt', 'clickedAt'],
  ...['machineOpenedAt', 'machineClickedAt', 'unsubscribedAt'],
);

/** What is read of a suppression. */
export const suppressionFields = fields('channel', 'address', 'scope');

/** What is read of a place on a list. */
export const memberFields = fields('segmentId', 'customerId');
