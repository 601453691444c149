import { createTransport } from 'nodemailer';
import type { Mailer } from '../deps.ts';
import type { Env } from '../env.ts';

/** The system's own mail over SMTP_URL. Not configured, it sends nothing: links in such mail are secrets, and no outbox keeps them. */
export function systemMailer(env: Env): Mailer {
  if (!env.SMTP_URL) {
    return {
      configured: false,
      send: () => Promise.reject(new Error('no SMTP server is configured')),
      close: async () => undefined,
    };
  }
  const transport = createTransport(env.SMTP_URL, { from: env.SYSTEM_FROM });
  return {
    configured: true,
    async send({ to, subject, text }) {
      await transport.sendMail({ to: { name: '', address: to }, subject, text });
    },
    close: async () => transport.close(),
  };
}
