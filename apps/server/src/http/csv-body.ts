import type { DomainError } from '@mini-crm/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusal } from '../errors.ts';
import { uploadCheck } from './upload-check.ts';

const mostDrained = 64 * 1024 * 1024;

/** Leaves bodies to the handlers of a scope, which read them piece by piece: no parser takes one as a whole. */
export function streamBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
}

/**
 * A file that is sent as the body of a request: how long it says that it is, and its pieces, each looked at, which throw
 * where it is too large or no CSV, or where the sender breaks off.
 * @throws at once for one that says itself that it is too large.
 */
export function csvBody(request: FastifyRequest, limit: number) {
  const tooLarge: DomainError = { code: 'upload_too_large', details: { limit } };
  const announced = announcedLength(request);
  if (announced !== null && announced > limit) throw refusal(tooLarge);
  return { announced, pieces: () => checked(request, limit, tooLarge) };
}

async function* checked(request: FastifyRequest, limit: number, tooLarge: DomainError): AsyncGenerator<Uint8Array> {
  const check = uploadCheck();
  const body = request.raw;
  let size = 0;
  const refuse = async (error: DomainError) => {
    await drain(body);
    return refusal(error);
  };
  for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > limit) throw await refuse(tooLarge);
    const judged = check.push(piece);
    if (!judged.ok) throw await refuse(judged.error);
    yield piece;
  }
  const judged = check.end();
  if (!judged.ok) throw refusal(judged.error);
}

/** Reads on for a while: a browser that is still sending hears an answer only afterwards. */
export async function drain(body: FastifyRequest['raw']): Promise<void> {
  let drained = 0;
  for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    drained += piece.length;
    if (drained > mostDrained) break;
  }
}

/** How many bytes a request says that it has; null where it does not say. */
function announcedLength({ headers }: FastifyRequest): number | null {
  const length = headers['content-length'];
  return length === undefined ? null : Number(length);
}
