import { createServer, type ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** A message as a webhook's receiver gets it. */
export interface CalledMessage {
  readonly id: string;
  readonly to: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the receiver does with a call: the answer, or worse. `taken` says whether it had taken the messages by then. */
export type CallAnswer =
  | { readonly status: number; readonly body?: string; readonly taken?: boolean; readonly location?: string }
  | { readonly hang: true; readonly taken?: boolean }
  | { readonly drop: 'at once' | 'in the middle of the answer'; readonly taken?: boolean };

export interface WebhookLedger {
  readonly url: string;
  readonly secret: string;
  /** The messages that were taken: each id once, as the contract asks of receivers. */
  readonly taken: readonly CalledMessage[];
  /** How many messages each call carried; only calls whose signature the official library accepts. */
  readonly calls: readonly { readonly id: string; readonly messages: number }[];
  readonly forged: number;
  to(address: string): CalledMessage[];
  answer(answer: (messages: readonly CalledMessage[]) => CallAnswer): void;
  takeAll(): void;
  stop(): Promise<void>;
}

/** Starts a receiver of webhooks on loopback: what a program would be that sends messages for us. */
export async function startWebhook(): Promise<WebhookLedger> {
  const secret = `whsec_${Buffer.from('a secret of 32 bytes, for a test').toString('base64')}`;
  const webhook = new Webhook(secret);
  const taken = new Map<string, CalledMessage>();
  const calls: { id: string; messages: number }[] = [];
  const everything = (): CallAnswer => ({ status: 204, taken: true });
  let answer: (messages: readonly CalledMessage[]) => CallAnswer = everything;
  let forged = 0;

  const respond = (response: ServerResponse, messages: readonly CalledMessage[]) => {
    const how = answer(messages);
    if (how.taken ?? ('status' in how && how.status < 300)) {
      for (const message of messages) if (!taken.has(message.id)) taken.set(message.id, message);
    }
    if ('hang' in how) return;
    if ('drop' in how) {
      if (how.drop === 'in the middle of the answer') response.writeHead(200, { 'content-length': 100 }).write('{"out');
      setImmediate(() => response.socket?.destroy());
      return;
    }
    response.writeHead(how.status, how.location ? { location: how.location } : {}).end(how.body);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      try {
        webhook.verify(body, request.headers as Record<string, string>);
      } catch {
        forged++;
        response.writeHead(401).end('the signature is wrong');
        return;
      }
      const { messages } = JSON.parse(body) as { messages: CalledMessage[] };
      calls.push({ id: String(request.headers['webhook-id']), messages: messages.length });
      respond(response, messages);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/send`,
    secret,
    get taken() {
      return [...taken.values()];
    },
    calls,
    get forged() {
      return forged;
    },
    to: (address) => [...taken.values()].filter(({ to }) => to === address),
    answer(next) {
      answer = next;
    },
    takeAll() {
      answer = everything;
      taken.clear();
      calls.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
