import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** An SMTP server that takes messages only after a login, over a plain connection. */
export function startLoginSmtp(user: string, password: string) {
  return start({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth(auth, _session, callback) {
      if (auth.username === user && auth.password === password) return callback(null, { user });
      callback(Object.assign(new Error('Invalid username or password'), { responseCode: 535 }));
    },
  });
}

/** An SMTP server behind TLS from the start, with the certificate that the library brings: signed by nobody. */
export const startTlsSmtp = () => start({ secure: true, authOptional: true });

/** An SMTP server that offers STARTTLS, with the same certificate. */
export const startStartTlsSmtp = () => start({ authOptional: true });

async function start(options: SMTPServerOptions) {
  const server = new SMTPServer({
    disableReverseLookup: true,
    logger: false,
    onData(stream, _session, callback) {
      stream.resume();
      stream.on('end', () => callback());
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
