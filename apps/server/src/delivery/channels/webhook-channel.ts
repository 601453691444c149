import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type Outcome, shortDetail } from '@mini-crm/domain';
import { leadsInside, publicLookup } from '../../http/public-address.ts';
import type { ChannelMessage, DeliveryChannel } from './channel.ts';
import { outcomeOfStatus, outcomesOfAnswer } from './webhook-answer.ts';
import { callId, signedHeaders } from './webhook-signature.ts';

export interface WebhookOptions {
  readonly url: string;
  /** `whsec_` and base64. */
  readonly secret: string;
  /** Calls side by side. */
  readonly connections: number;
  /** How long an answer is waited for. */
  readonly timeoutMs?: number;
  /** Whether the address may be inside a private network. */
  readonly allowPrivate: boolean;
  /** Certificates that are trusted beside the system's. */
  readonly ca?: string;
  readonly now: () => Date;
}

const messagesACall = 5_000;
const longestAnswer = 8 * 1024 * 1024;

/**
 * Hands messages to a program by signed calls (decision 0102 has the JSON). Idempotent: each message has an id, and the
 * receiver takes none twice.
 */
export function webhookChannel(options: WebhookOptions): DeliveryChannel {
  const { url, secret, now } = options;
  const target = new URL(url);
  const secure = target.protocol === 'https:';
  const lookup = options.allowPrivate ? undefined : publicLookup;
  const sockets = {
    keepAlive: true,
    maxSockets: options.connections,
    ...(lookup ? { lookup } : {}),
    ...(options.ca ? { ca: options.ca } : {}),
  };
  const agent = secure ? new HttpsAgent(sockets) : new HttpAgent(sockets);
  const timeoutMs = options.timeoutMs ?? 60_000;
  const inside = !options.allowPrivate && leadsInside(target.hostname);

  async function send(batch: readonly ChannelMessage[]): Promise<Outcome[]> {
    if (batch.length === 0) return [];
    const forAll = (outcome: Outcome) => batch.map(() => outcome);
    if (inside) return forAll({ type: 'unavailable', fault: 'unreachable', detail: insideWords });
    const ids = batch.map(({ id }) => id);
    const body = JSON.stringify({
      type: 'messages.send',
      timestamp: now().toISOString(),
      messages: batch.map(asJson),
    });
    const answer = await call(body, signedHeaders(secret, callId(ids), now(), body));
    if ('fault' in answer) return forAll(answer.fault);
    if (answer.status >= 200 && answer.status < 300) return outcomesOfAnswer(answer.body, ids);
    // Too much at once, and surely nothing of it was taken: in two halves then.
    if (answer.status === 413 && batch.length > 1) {
      const half = Math.ceil(batch.length / 2);
      return [...(await send(batch.slice(0, half))), ...(await send(batch.slice(half)))];
    }
    return forAll(outcomeOfStatus(answer.status, answer.body));
  }

  function call(body: string, signature: Record<string, string>): Promise<{ status: number; body: string } | Fault> {
    return new Promise((resolve) => {
      let connected = false;
      const request = (secure ? httpsRequest : httpRequest)(target, {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Mini-CRM-Webhook/1',
          accept: 'application/json',
          ...signature,
        },
        // The whole call, however slowly the answer drips.
        signal: AbortSignal.timeout(timeoutMs),
      });
      const fail = (error: NodeJS.ErrnoException) => {
        request.destroy();
        resolve({ fault: faultOf(error, connected) });
      };
      request.on('socket', (socket) => {
        const ready = () => {
          connected = true;
        };
        if (request.reusedSocket) ready();
        else socket.once(secure ? 'secureConnect' : 'connect', ready);
      });
      request.on('error', fail);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > longestAnswer) fail(new Error('the answer has no end'));
          else chunks.push(chunk);
        });
        response.on('error', fail);
        response.on('aborted', () => fail(new Error('the server closed the connection')));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      request.end(body);
    });
  }

  return {
    name: 'webhook',
    capabilities: { batchSize: messagesACall, idempotent: true, reports: [] },
    send,
    close: async () => agent.destroy(),
  };
}

interface Fault {
  readonly fault: Outcome;
}

const insideWords = 'the address is inside a private network';

function asJson({ id, campaignId, customerId, from, replyTo, to, subject, html, text, headers }: ChannelMessage) {
  return { id, channel: 'email', campaignId, customerId, from, replyTo, to, subject, html, text, headers };
}

/** Before a connection stands nothing can have arrived; after it nobody can say. */
function faultOf(error: NodeJS.ErrnoException, connected: boolean): Outcome {
  const timedOut = error.name === 'AbortError' || error.name === 'TimeoutError';
  const detail = shortDetail(timedOut ? 'the server did not answer in time' : error.message);
  if (connected) return { type: 'repeat', fault: 'unreachable', detail };
  const isTls = /CERT|TLS|SSL|SIGNATURE|ALTNAME|EPROTO/.test(error.code ?? '');
  return { type: 'unavailable', fault: isTls ? 'tls_failed' : 'unreachable', detail };
}
