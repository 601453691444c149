import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Env } from '../env.ts';

const built = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/** Serves the built web app: hashed assets for a year, and the page itself for every path that is not the API's. */
export async function webApp(app: FastifyInstance, env: Env): Promise<void> {
  const present = existsSync(`${built}/index.html`);
  if (present) {
    await app.register(fastifyStatic, {
      root: built,
      wildcard: false,
      index: false,
      setHeaders(response, path) {
        const hashed = path.includes('/assets/');
        response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const isPage = request.method === 'GET' && !/^\/(api|assets|t|u)\//.test(path) && !/\.\w+$/.test(path);
    if (!isPage) {
      return reply.status(404).send({ error: { code: 'not_found' }, requestId: request.id });
    }
    if (!present) {
      const hint =
        env.NODE_ENV === 'development' ? 'Vite serves the pages in development.' : 'Build the web app first.';
      return reply.status(404).type('text/plain').send(hint);
    }
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
