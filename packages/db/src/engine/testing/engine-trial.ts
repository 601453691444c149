import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CustomerFacts, OrganizationId, Rule } from '@mini-crm/domain';
import { awkwardContext, awkwardRules } from '@mini-crm/domain/testing';
import { connect, type Database } from '../../database.ts';
import { newId } from '../../ids/new-id.ts';
import { type ChangeSource, changeStream, type StreamLog } from '../../live/change-stream.ts';
import type { AudiencePreview } from '../../segments/audience.ts';
import { bindRule } from '../../segments/bind-rule.ts';
import { storeFacts } from '../../segments/parity-corpus.ts';
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts';
import { type ColumnarEngine, columnarEngine, type EngineSettings } from '../columnar-engine.ts';
import { engineFiles } from '../engine-files.ts';
import { ColumnsNotReady } from '../question-errors.ts';

/** A database, a folder for columns, and engines over them as different processes would have them. */
export interface EngineTrial {
  readonly own: TestDatabase;
  readonly database: Database;
  readonly folder: string;
  readonly said: string[];
  /** Starts an engine of its own. */
  start(settings?: Partial<EngineSettings>): ColumnarEngine;
  /** Ends one as a crash would not: everything is let go. */
  stop(engine: ColumnarEngine): Promise<void>;
  /** Adds an organization with these people. */
  organization(facts: readonly CustomerFacts[]): Promise<OrganizationId>;
  /** Resolves when the columns of an organization answer. */
  ready(engine: ColumnarEngine, orgId: OrganizationId): Promise<void>;
  /** Asks columns and MongoDB for each rule; the differences in words. */
  differences(engine: ColumnarEngine, orgId: OrganizationId, rules?: readonly Rule[]): Promise<string[]>;
  /** The file of an organization's columns. */
  file(orgId: OrganizationId): Promise<string>;
  close(): Promise<void>;
}

const readyWithinMs = 40_000;
const rulesOfMany = awkwardRules(40, 11);
const now = Date.UTC(2026, 5, 17, 12);

/** What tests of the engine stand on. Columns are given a long time to catch up, so that no test depends on how fast it is. */
export async function engineTrial(): Promise<EngineTrial> {
  const own = await testDatabase();
  const { database } = own;
  const folder = await mkdtemp(join(tmpdir(), 'mini-crm-engine-'));
  const said: string[] = [];
  const log: StreamLog = {
    info: (facts, message) => void said.push(`${message} ${JSON.stringify(facts)}`),
    warn: (facts, message) => void said.push(`${message} ${String((facts as { err?: Error }).err?.stack)}`),
  };
  const started = new Map<ColumnarEngine, { source: ChangeSource; database: Database }>();

  async function stop(engine: ColumnarEngine): Promise<void> {
    const parts = started.get(engine);
    started.delete(engine);
    await engine.close();
    await parts?.source.stop();
  }

  async function answerOf(engine: ColumnarEngine, orgId: OrganizationId, rule: Rule): Promise<string | null> {
    const audience = database.forOrganization(orgId).audience;
    const bound = await bindRule(audience, rule, { ...awkwardContext, now, zone: 'Europe/Berlin' });
    if (!bound.ok) return `${JSON.stringify(rule)} can't be bound`;
    const question = { kind: 'preview', rule: bound.value, sampleSize: 5 } as const;
    const [{ value }, stored] = await Promise.all([
      engine.ask(orgId, question, { timeLimitMs: 60_000 }).catch((error) => {
        throw new Error(`No answer: ${error.constructor.name}\n${said.join('\n')}`, { cause: error });
      }),
      audience.preview(bound.value, 5),
    ]);
    const [columnar, truth] = [plain(value), plain(stored)];
    return columnar === truth ? null : `${JSON.stringify(rule)}: columns ${columnar}, MongoDB ${truth}`;
  }

  return {
    own,
    database,
    folder,
    said,
    start(settings = {}) {
      const source = changeStream(database.driver, log);
      const engine = columnarEngine({
        folder,
        address: 'http://127.0.0.1:1',
        database,
        source,
        log,
        leaseMs: 60_000,
        freshMs: 60_000,
        ...settings,
        limits: { retryMs: 50, ...settings.limits },
      });
      started.set(engine, { source, database });
      return engine;
    },
    stop,
    async organization(facts) {
      const orgId = newId('organization');
      await database.driver.collection('organizations').insertOne({ _id: orgId, slug: orgId, name: 'Trial' } as never);
      await storeFacts(database, orgId, peopleOf(orgId, facts));
      return orgId;
    },
    async ready(engine, orgId) {
      const began = Date.now();
      for (;;) {
        if (Date.now() - began > readyWithinMs) throw new Error(`The columns are not ready:\n${said.join('\n')}`);
        engine.warm(orgId);
        if (engine.state(orgId).status === 'ready') return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async differences(engine, orgId, rules = rulesOfMany) {
      const found: string[] = [];
      for (const rule of rules) {
        const difference = await answerOf(engine, orgId, rule);
        if (difference) found.push(difference);
      }
      return found;
    },
    async file(orgId) {
      const lease = await database.driver.collection<{ _id: string; dataId: string }>('audienceEngine').findOne({});
      return (await engineFiles(folder, lease?.dataId ?? '')).fileOf(orgId);
    },
    async close() {
      for (const engine of [...started.keys()]) await stop(engine);
      await own.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The same people under ids of their own: a customer's id is of one organization. */
export const peopleOf = (orgId: OrganizationId, facts: readonly CustomerFacts[]): CustomerFacts[] =>
  facts.map((fact) => ({ ...fact, id: fact.id.replace('cus_', `cus_${orgId.slice(-6)}`) }));

const plain = ({ size, reach, sample }: AudiencePreview): string =>
  JSON.stringify({ size, reach, shown: new Set(sample).size });

/** Whether columns refuse because they are not there; anything else is thrown on. */
export async function isNotReady(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return false;
  } catch (error) {
    if (error instanceof ColumnsNotReady) return true;
    throw error;
  }
}

/** Opens a second connection to the database of a trial, as another process has one. */
export const anotherConnection = ({ own }: EngineTrial): Promise<Database> => connect(own.uri, { dbName: own.name });
