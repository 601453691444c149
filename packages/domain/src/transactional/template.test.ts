import { expect, test } from 'vitest';
import type { UserId } from '../ids/id.ts';
import { maximumDataLength, mayRename, templateDataSchema, templateSlugSchema, templateState } from './template.ts';

const at = new Date('2026-11-23T12:00:00Z');
const stamps = { id: 'tpl' as never, createdBy: 'usr' as UserId, createdAt: at, updatedAt: at };
const published = { number: 2, draft: 5, at, by: 'usr' as UserId };

test('a template is a draft until it is published, and changed where its draft went on', () => {
  const fresh = { ...stamps, version: 5, published: null, archivedAt: null };
  expect(templateState(fresh)).toBe('draft');
  expect(templateState({ ...fresh, published })).toBe('live');
  expect(templateState({ ...fresh, published, version: 6 })).toBe('changed');
  expect(templateState({ ...fresh, published, archivedAt: at })).toBe('archived');
});

test('the slug of a published template stays', () => {
  expect(mayRename({ published: null })).toBe(true);
  expect(mayRename({ published })).toBe(false);
});

test('a slug is lower case with single hyphens', () => {
  expect(['receipt', 'order-receipt-2'].every((slug) => templateSlugSchema.safeParse(slug).success)).toBe(true);
  const wrong = ['', 'Receipt', 'a--b', '-a', 'a-', 'a b', 'é', 'x'.repeat(61)];
  expect(wrong.some((slug) => templateSlugSchema.safeParse(slug).success)).toBe(false);
});

test('data is any object of JSON up to its limit', () => {
  expect(templateDataSchema.safeParse({ $set: { 'a.b': [1, null] } }).success).toBe(true);
  expect(templateDataSchema.safeParse([1]).success).toBe(false);
  expect(templateDataSchema.safeParse({ a: 'x'.repeat(maximumDataLength) }).success).toBe(false);
  expect(templateDataSchema.safeParse({ a: 1n }).success).toBe(false);
});
