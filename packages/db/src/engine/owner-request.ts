import type { OrganizationId } from '@mini-crm/domain';
import type { ForwardedAnswer } from './audience-engine.ts';
import type { OwnerAddress } from './lease.ts';
import type { AudienceQuestion } from './question.ts';
import { ColumnsNotReady } from './question-errors.ts';

/** Where a process answers others. */
export const ownerPath = '/internal/audience';
/** A rule has at most so many bytes as a request of ours: 100 leaves of 500 values would be too long to be sent around. */
export const ownerRequestBytes = 8 * 1024 * 1024;

export interface OwnerRequest {
  readonly orgId: OrganizationId;
  readonly question: AudienceQuestion;
  readonly timeLimitMs: number;
}

const patienceMs = 1000;

/** Asks the process that holds the columns; `ColumnsNotReady` where it does not answer as it should. */
export async function askOwner(
  { address, token }: OwnerAddress,
  request: OwnerRequest,
  signal: AbortSignal | undefined,
): Promise<ForwardedAnswer> {
  const body = JSON.stringify(request);
  if (body.length > ownerRequestBytes / 4) throw new ColumnsNotReady();
  const limit = AbortSignal.timeout(request.timeLimitMs + patienceMs);
  try {
    const response = await fetch(new URL(ownerPath, address), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    if (!response.ok) throw new ColumnsNotReady();
    return (await response.json()) as ForwardedAnswer;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ColumnsNotReady();
  }
}

/**
 * The request of another process of ours, as far as it can be told from anything else; null for anything else. What its rule
 * says is read node by node later, where an unknown one throws.
 */
export function readOwnerRequest(body: unknown): OwnerRequest | null {
  if (!isObject(body) || !isObject(body.question)) return null;
  const { orgId, question, timeLimitMs } = body;
  if (typeof orgId !== 'string' || !/^org_[0-9A-Za-z]+$/.test(orgId)) return null;
  if (typeof timeLimitMs !== 'number' || !(timeLimitMs > 0 && timeLimitMs <= 60_000)) return null;
  return isQuestion(question) ? (body as unknown as OwnerRequest) : null;
}

function isQuestion(question: Record<string, unknown>): boolean {
  switch (question.kind) {
    case 'count':
      return isRule(question.rule);
    case 'preview':
      return isRule(question.rule) && Number.isInteger(question.sampleSize) && Number(question.sampleSize) <= 100;
    case 'cutoff':
      return isObject(question.question) && isObject(question.question.basis);
    default:
      return false;
  }
}

const isRule = (rule: unknown): boolean =>
  isObject(rule) && typeof rule.now === 'number' && typeof rule.zone === 'string' && isObject(rule.root);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
