import { createHash, randomBytes } from 'node:crypto';
import type { OrganizationDatabase, Transaction } from '@mini-crm/db';
import {
  type DomainError,
  decideKey,
  err,
  idempotencyKeptMs,
  idempotencyLeaseMs,
  ok,
  type Result,
} from '@mini-crm/domain';

/** A request that may come again with the same key. */
export interface KeyedRequest {
  /** Who chose the key: keys of different programs have nothing to do with each other. */
  readonly holder: string;
  readonly key: string;
  readonly body: unknown;
}

interface Parts {
  readonly db: OrganizationDatabase;
  readonly transaction: Transaction;
  readonly now: () => Date;
}

/** What is to be done once, and what is answered for it. `write` runs in the transaction that keeps the answer. */
export interface Once<Answer> {
  readonly answer: Answer;
  write(session: Parameters<Parameters<Transaction>[0]>[0]): Promise<void>;
}

class KeyTaken extends Error {}

const tries = 3;

/**
 * Does a request once for its key. What is done and the answer are written in one transaction under this request's token,
 * so that whoever dies or is overtaken on the way has done nothing. A refusal of `prepare` gives the key back.
 */
export async function withIdempotency<Answer>(
  { db, transaction, now }: Parts,
  { holder, key, body }: KeyedRequest,
  prepare: () => Promise<Result<Once<Answer>, DomainError>>,
): Promise<Result<{ readonly answer: Answer; readonly replayed: boolean }, DomainError>> {
  const keys = db.idempotencyKeys;
  const id = `${db.orgId}:${holder}:${digestOf(key)}`;
  const digest = digestOf(canonical(body));
  const token = randomBytes(12).toString('base64url');

  const begun = await begin();
  if (begun !== null) return begun;
  try {
    const prepared = await prepare();
    if (!prepared.ok) {
      await keys.giveBack(id, token);
      return prepared;
    }
    const { answer, write } = prepared.value;
    await transaction(async (session) => {
      const until = new Date(now().getTime() + idempotencyKeptMs);
      if (!(await keys.answer(id, token, JSON.stringify(answer), until, session))) throw new KeyTaken();
      await write(session);
    });
    return ok({ answer, replayed: false });
  } catch (error) {
    if (error instanceof KeyTaken) return err({ code: 'idempotency_in_flight', details: { seconds: 1 } });
    // Nothing was written, or it was and the next one is answered so.
    await keys.giveBack(id, token).catch(() => undefined);
    throw error;
  }

  /** Null where the key is this request's now. */
  async function begin(): Promise<Result<{ answer: Answer; replayed: boolean }, DomainError> | null> {
    for (let attempt = 0; attempt < tries; attempt++) {
      const until = new Date(now().getTime() + idempotencyLeaseMs);
      const request = { digest, token, until };
      if (attempt === 0 && (await keys.begin(id, request, null))) return null;
      const before = await keys.get(id);
      const decision = decideKey<string>(before, digest, now());
      if (decision.type === 'begin') {
        if (await keys.begin(id, request, before)) return null;
      } else if (decision.type === 'replay') {
        return ok({ answer: JSON.parse(decision.answer) as Answer, replayed: true });
      } else {
        const details = decision.code === 'idempotency_in_flight' ? { details: { seconds: decision.seconds } } : {};
        return err({ code: decision.code, ...details });
      }
    }
    return err({ code: 'idempotency_in_flight', details: { seconds: 1 } });
  }
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** JSON in which the order of names does not matter, as it doesn't to who asks. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
