import { createServer } from 'node:net';
import { PlainError } from './plain-error.mjs';

/** @throws {PlainError} when another program listens on the port. */
export async function checkPort(port, host) {
  const error = (await whyNot(port, host || '127.0.0.1')) ?? (await whyNot(port, undefined));
  if (!error) return;
  if (error.code === 'EADDRINUSE') {
    throw new PlainError(
      `Port ${port} is taken by another program (perhaps a Mini CRM that runs already).\n` +
        `Stop that one, or choose another port:  PORT=${port < 65_535 ? port + 1 : 3000} npm start`,
    );
  }
  throw new PlainError(`Mini CRM can't listen on port ${port}: ${error.message}`);
}

function whyNot(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code === 'EAFNOSUPPORT' ? undefined : error));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
