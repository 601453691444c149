import type { ImportKind } from './import.ts';

const samples: Record<ImportKind, string> = {
  customers: `customer_id,email,first_name,last_name,phone,country,birthday,newsletter_topics,loyalty_points
00001,ada@example.com,Ada,Lovelace,+44 20 7946 0958,GB,1985-12-10,analytics;poetry,120
00002,grace@example.com,Grace,Hopper,+1 202 555 0143,US,1976-12-09,sailing,85.5
00003,zoe@example.com,Zoë,Müller,,DE,,,0
`,
  orders: `order_id,customer_id,ordered_on,amount,currency,quantity,product,category
1001,00001,2026-03-01,24.90,USD,2,Notebook,Stationery
1002,00002,2026-03-02 14:30,"1,250.00",USD,1,Sextant,Instruments
1003,00001,2026-03-09,-24.90,USD,2,Notebook,Stationery
`,
};

/** A small file that shows what an import of a kind reads; it can be imported as it is. */
export const sampleFile = (kind: ImportKind): { readonly name: string; readonly text: string } => ({
  name: `mini-crm-${kind}-sample.csv`,
  text: samples[kind],
});
