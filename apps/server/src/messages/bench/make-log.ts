import type { Database } from '@mini-crm/db';
import { fold, type OrganizationId } from '@mini-crm/domain';
import { seededRandom } from '@mini-crm/domain/testing';

/** What the made-up log has, for the questions that are asked of it. */
export interface MadeUpLog {
  readonly rows: number;
  readonly campaigns: number;
  readonly customers: number;
  readonly templates: number;
  readonly interactions: number;
  /** The instants between which everything lies. */
  readonly from: number;
  readonly to: number;
}

const tail = (n: number) => String(n).padStart(26, '0');
export const campaignIdOf = (n: number) => `cmp_${tail(n)}`;
export const customerIdOf = (n: number) => `cus_${tail(n)}`;
export const templateIdOf = (n: number) => `tpl_${tail(n)}`;
export const addressOf = (n: number) => `person${(n * 7919) % 1_000_003}.${n}@shop.example`;

/** The shape of a log of so many rows: a tenth of them transactional, an interaction for each hundred. */
export function logOf(rows: number, now: number): MadeUpLog {
  const days = 730;
  return {
    rows,
    campaigns: Math.max(4, Math.min(100, Math.round(rows / 1000))),
    customers: Math.max(50, Math.min(1_000_000, Math.round(rows / 10))),
    templates: 20,
    interactions: Math.max(50, Math.round(rows / 100)),
    from: now - days * 86_400_000,
    to: now,
  };
}

type Doc = Record<string, unknown>;
const batchSize = 5000;
const batchesAtOnce = 3;

/**
 * Writes the log: rows first, without their indexes, which are made afterwards in one pass. Rows of a campaign lie within an
 * hour, twenty-five at each instant, as groups are settled.
 */
export async function makeLog(
  database: Database,
  orgId: OrganizationId,
  log: MadeUpLog,
  say: (text: string) => void,
): Promise<void> {
  const { driver } = database;
  const deliveries = driver.collection<{ _id: string }>('deliveries');
  const indexes = (await deliveries.indexes()).filter(({ name }) => name !== '_id_');
  await deliveries.dropIndexes();
  const { next, int, pick } = seededRandom(1);
  const ofCampaigns = Math.floor(log.rows * 0.9);
  const perCampaign = Math.ceil(ofCampaigns / log.campaigns);
  const reasons = {
    failed: ['address_unknown', 'mailbox_full', 'refused', 'policy_refused', 'retries_exhausted'],
    skipped: ['no_consent', 'suppressed', 'no_address', 'frequency_cap'],
    unknown: ['interrupted', 'connection_lost'],
  } as const;
  const span = log.to - log.from;

  const rowOf = (n: number): Doc => {
    const draw = next();
    const state = draw < 0.94 ? 'sent' : draw < 0.97 ? 'failed' : draw < 0.995 ? 'skipped' : 'unknown';
    const isCampaigns = n < ofCampaigns;
    const campaign = Math.floor(n / perCampaign);
    const place = n % perCampaign;
    const customer = isCampaigns ? (place * 11 + campaign * 7) % log.customers : int(0, log.customers - 1);
    const at = isCampaigns
      ? log.from + ((campaign + 0.5) / log.campaigns) * span + Math.floor(place / 25) * (3_600_000 / (perCampaign / 25))
      : log.from + next() * span;
    const address = addressOf(customer);
    const later = (most: number) => new Date(at + 60_000 + next() * most);
    const sent = state === 'sent';
    const opened = sent && next() < 0.3;
    const clicked = opened && next() < 0.15;
    return {
      _id: isCampaigns ? `run_${tail(campaign)}:${customerIdOf(customer)}:${place}` : `eml_${tail(n)}`,
      orgId,
      ...(isCampaigns
        ? {}
        : { kind: 'transactional', templateId: templateIdOf(n % log.templates), templateVersion: 1 }),
      runId: isCampaigns ? `run_${tail(campaign)}` : null,
      campaignId: isCampaigns ? campaignIdOf(campaign) : null,
      customerId: customerIdOf(customer),
      channel: 'email',
      address,
      foldedAddress: fold(address),
      name: `First${customer % 997} Last${customer % 9973}`,
      state,
      reason: sent ? null : pick(reasons[state]),
      detail: state === 'failed' ? '550 5.1.1 The account that you tried to reach does not exist' : null,
      attempt: 1,
      messageId: sent ? `run_${tail(campaign)}.${customerIdOf(customer)}@shop.example` : null,
      at: new Date(at),
      opens: opened ? 1 : 0,
      clicks: clicked ? [{ link: int(0, 4), at: later(86_400_000), count: 1 }] : [],
      ...(opened ? { openedAt: later(86_400_000) } : {}),
      ...(clicked ? { clickedAt: later(86_400_000) } : {}),
      ...(opened && next() < 0.01 ? { unsubscribedAt: later(86_400_000) } : {}),
      ...(sent && !opened && next() < 0.01 ? { bouncedAt: later(3_600_000) } : {}),
      ...(opened && next() < 0.001 ? { complainedAt: later(86_400_000) } : {}),
    };
  };
  await write(deliveries, log.rows, say, 'messages', rowOf);
  const start = performance.now();
  await driver.command({ createIndexes: 'deliveries', indexes: indexes.map(({ v: _v, ...index }) => index) });
  say(`${indexes.length} indexes made in ${Math.round((performance.now() - start) / 1000)} s`);

  await write(
    driver.collection('events'),
    log.interactions,
    () => undefined,
    'interactions',
    (n) => ({
      ...{ _id: `${orgId}:i${n}`, orgId, eventId: `i${n}`, customerId: customerIdOf(int(0, log.customers - 1)) },
      ...{ type: pick(['call', 'note', 'visit', 'ticket']), at: new Date(log.from + next() * span), currency: null },
      ...{ total: null, properties: { text: `Note ${n}` }, digest: '', source: 'bench', createdAt: new Date(log.to) },
    }),
  );
  await write(
    driver.collection('campaigns'),
    log.campaigns,
    () => undefined,
    'campaigns',
    (n) => ({
      ...{ _id: campaignIdOf(n), orgId, name: `Campaign ${n}`, state: 'sent' },
    }),
  );
  // Only who is asked for by address, or has an interaction that is shown, needs to be there.
  await write(
    driver.collection('customers'),
    Math.min(log.customers, 2000),
    () => undefined,
    'customers',
    (n) => ({
      ...{ _id: customerIdOf(n), orgId, firstName: `First${n}`, folded: { email: fold(addressOf(n)) }, attributes: {} },
      ...{ email: addressOf(n), consents: {}, version: 1, createdAt: new Date(log.from) },
    }),
  );
}

interface Inserting {
  insertMany(documents: Doc[], options: { ordered: boolean }): Promise<unknown>;
}

async function write(
  collection: unknown,
  count: number,
  say: (text: string) => void,
  what: string,
  make: (n: number) => Doc,
): Promise<void> {
  const open = new Set<Promise<unknown>>();
  const start = performance.now();
  for (let first = 0; first < count; first += batchSize) {
    const documents = Array.from({ length: Math.min(batchSize, count - first) }, (_, i) => make(first + i));
    const batch = (collection as Inserting).insertMany(documents, { ordered: false }).finally(() => open.delete(batch));
    open.add(batch);
    if (open.size >= batchesAtOnce) await Promise.race(open);
    if (first > 0 && first % 1_000_000 === 0) say(`${first.toLocaleString('en')} ${what} made`);
  }
  await Promise.all(open);
  say(`${count.toLocaleString('en')} ${what} made in ${Math.round((performance.now() - start) / 1000)} s`);
}
