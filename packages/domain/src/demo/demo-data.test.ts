import { describe, expect, test } from 'vitest';
import { checkAttributeValue } from '../attributes/attribute.ts';
import { messageContentSchema } from '../campaigns/campaign.ts';
import { customerFieldsSchema } from '../customers/customer.ts';
import { orderLineSchema } from '../events/event.ts';
import { fieldCatalogue } from '../segments/fields.ts';
import { parseRule } from '../segments/parse-rule.ts';
import { resolveRule } from '../segments/resolve-rule.ts';
import { fold } from '../text/fold.ts';
import { demoAttributes } from './demo-attributes.ts';
import { demoData } from './demo-data.ts';
import { priceIn } from './products.ts';

const now = Date.parse('2026-11-22T20:00:00Z');
const setting = { seed: 7, now, zone: 'Europe/Berlin', currency: 'EUR' };
const data = demoData(setting);

describe('the demo', () => {
  test('is the same for the same setting and another for another seed', () => {
    expect(demoData(setting, 50)).toEqual(demoData(setting, 50));
    expect(demoData({ ...setting, seed: 8 }, 50)).not.toEqual(demoData(setting, 50));
  });

  test('has customers that could be stored, with addresses that reach nobody', () => {
    expect(data.customers).toHaveLength(2000);
    const addresses = new Set<string>();
    for (const { fields, attributes } of data.customers) {
      expect(customerFieldsSchema.parse(fields)).toEqual(fields);
      if (fields.email) {
        expect(fields.email).toMatch(/^[a-z.]+\d*@(example\.com|[a-z]+\.example)$/);
        expect(addresses.has(fold(fields.email))).toBe(false);
        addresses.add(fold(fields.email));
      }
      for (const [slug, value] of Object.entries(attributes)) {
        const attribute = demoAttributes.find((one) => one.slug === slug);
        if (!attribute) throw new Error(slug);
        expect(checkAttributeValue(attribute, value).ok).toBe(true);
      }
    }
    expect(new Set(data.customers.map(({ fields }) => fields.locale)).size).toBeGreaterThan(8);
  });

  test('tells of nothing that lies before a customer came or after now', () => {
    const created = new Map(data.customers.map(({ key, createdAt }) => [key, createdAt.getTime()]));
    for (const event of data.events) {
      expect(event.at.getTime()).toBeLessThan(now);
      expect(event.at.getTime()).toBeGreaterThanOrEqual(created.get(event.customer) ?? Number.POSITIVE_INFINITY);
    }
    for (const { consents } of data.customers) {
      for (const consent of Object.values(consents)) expect(consent.at.getTime()).toBeLessThan(now);
    }
  });

  test('has orders that add up, each under an id of its own, and refunds that take one back', () => {
    const orders = data.events.filter(({ type }) => type === 'order');
    const refunds = data.events.filter(({ type }) => type === 'refund');
    expect(orders.length).toBeGreaterThan(4000);
    expect(orders.length).toBeLessThan(12_000);
    expect(refunds.length).toBeGreaterThan(20);
    expect(new Set(data.events.map(({ eventId }) => eventId)).size).toBe(data.events.length);
    const totals = new Map(orders.map(({ eventId, total }) => [eventId, total]));
    for (const { lines, total, currency } of orders) {
      expect(currency).toBe('EUR');
      for (const line of lines) expect(orderLineSchema.parse(line)).toEqual(line);
      expect(lines.reduce((sum, { quantity, price }) => sum + quantity * (price ?? 0), 0)).toBe(total);
    }
    for (const { properties, total } of refunds) expect(total).toBe(-(totals.get(String(properties.order)) ?? 0));
  });

  test('sells most before Christmas', () => {
    const inMonth = (month: string) =>
      data.events.filter(({ type, at }) => type === 'order' && at.toISOString().startsWith(month)).length;
    expect(inMonth('2025-12')).toBeGreaterThan(1.2 * inMonth('2026-02'));
  });

  test('has segments whose rules resolve against its own attributes', () => {
    const fields = fieldCatalogue({ attributes: demoAttributes });
    for (const { rule } of data.segments) {
      const parsed = parseRule(rule);
      expect(parsed).toMatchObject({ ok: true });
      if (parsed.ok)
        expect(resolveRule(parsed.value, { now, zone: 'Europe/Berlin', fields })).toMatchObject({ ok: true });
    }
  });

  test('wrote only to people who had allowed it and had not unsubscribed', () => {
    const people = new Map(data.customers.map((customer) => [customer.key, customer]));
    const left = new Set<number>();
    for (const { sending, content } of data.campaigns) {
      expect(messageContentSchema.parse(content)).toEqual(content);
      for (const delivery of sending?.deliveries ?? []) {
        const person = people.get(delivery.customer);
        const consent = person?.consents.email;
        expect(person?.fields.email).toEqual(expect.any(String));
        expect(person?.createdAt.getTime()).toBeLessThan(delivery.at.getTime());
        expect(left.has(delivery.customer)).toBe(false);
        if (consent?.state === 'withdrawn')
          expect(consent.at.getTime()).toBeGreaterThan(delivery.at.getTime() - 60_000);
        else expect(consent?.state).toBe('granted');
        if (delivery.unsubscribedAt) {
          left.add(delivery.customer);
          expect(consent).toMatchObject({ state: 'withdrawn', at: delivery.unsubscribedAt });
        }
        const inOrder = [delivery.at, delivery.openedAt, delivery.clickedAt].filter((at) => at !== null);
        expect([...inOrder].sort((a, b) => a.getTime() - b.getTime())).toEqual(inOrder);
      }
    }
    expect(left.size).toBeGreaterThan(3);
  });

  test('has results that look like those of a good newsletter', () => {
    for (const { sending } of data.campaigns) {
      if (!sending) continue;
      const { deliveries, waterfall } = sending;
      const sent = deliveries.filter(({ state }) => state === 'sent').length;
      const opened = deliveries.filter(({ openedAt }) => openedAt).length / sent;
      const clicked = deliveries.filter(({ clickedAt }) => clickedAt).length / sent;
      expect(waterfall.reachable).toBe(deliveries.length);
      expect(opened).toBeGreaterThan(0.28);
      expect(opened).toBeLessThan(0.62);
      expect(clicked).toBeGreaterThan(0.025);
      expect(clicked).toBeLessThan(0.13);
    }
  });

  test('has prices that look right in any currency', () => {
    expect(priceIn('EUR', 24.9)).toBe(2490);
    expect(priceIn('JPY', 24.9)).toBe(4230);
    expect(priceIn('SEK', 24.9)).toBe(27_400);
    expect(priceIn('KRW', 24.9)).toBe(39_800);
  });
});
