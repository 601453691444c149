import { hostname } from 'node:os';
import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const url = (...protocols: string[]) =>
  z.url().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must start with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

/** Every setting of the server, read once at start. `.env.example` says the same to people. */
export const envSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://'),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(1, 65_535).default(3000),
  /** Where mails and links point to; the browser's origin is compared with it. */
  PUBLIC_URL: url('http:', 'https:').optional(),
  /** `smtp://user:password@host:587`; without it messages go to the built-in outbox. */
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  SMTP_CONNECTIONS: whole(1, 200).default(10),
  /** Whether organizations may send by servers inside the private network that this one stands in. */
  ALLOW_PRIVATE_SENDERS: flag.default(false),
  /** How many workers run on this machine: they share the connections to a mail server. */
  WORKERS: whole(1, 64).default(1),
  /** Who account mail (invitations, password resets) comes from. */
  SYSTEM_FROM: z.string().default('Mini CRM <no-reply@localhost>'),
  /** Signs the links in mails; without it one is made at the first start and kept in the database. */
  SECRET: z.string().min(32).optional(),
  IMPORT_MAX_BYTES: whole(1, Number.MAX_SAFE_INTEGER).default(1024 ** 3),
  /** How long a worker may be silent before another takes its pages over. */
  LEASE_MS: whole(500, 600_000).default(15_000),
  /** False lets MongoDB answer every size, without columns beside it. */
  ENGINE: flag.default(true),
  /** Where the columns that answer sizes are kept; they can be deleted at any time. */
  ENGINE_DIR: z.string().default('data/audience'),
  /** Where other API processes reach this one; without it `HOST` and `PORT`. */
  ENGINE_URL: url('http:', 'https:').optional(),
  /** Requests a minute that one address may make. */
  RATE_LIMIT_PER_MINUTE: whole(1, 1_000_000).default(1200),
  /** Requests a minute that one API key may make; each may carry a thousand items. */
  API_REQUESTS_PER_MINUTE: whole(1, 1_000_000).default(1200),
  /** How many reverse proxies stand before the server, so that addresses are the clients'. */
  TRUSTED_PROXIES: whole(0, 10).default(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** False lets anybody sign up only by invitation, once the first organization exists. */
  OPEN_SIGN_UP: flag.default(true),
});

export type Env = Readonly<z.infer<typeof envSchema>> & {
  /** `PUBLIC_URL` without a slash at its end, or where the server listens. */
  readonly publicUrl: string;
  /** `ENGINE_URL`, or where the server listens. */
  readonly engineUrl: string;
};

/** Reads the settings; throws one error that names each wrong one. An empty value is as good as none. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = envSchema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new EnvError(`These settings are wrong:\n${faults.join('\n')}\nSee .env.example for each setting.`);
  }
  const env = { ...parsed.data, SMTP_CONNECTIONS: share(parsed.data.SMTP_CONNECTIONS, parsed.data.WORKERS) };
  const publicUrl = (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, '');
  return { ...env, publicUrl, engineUrl: env.ENGINE_URL ?? `http://${reachable(env.HOST)}:${env.PORT}` };
}

/** What each of several processes gets of something that they share, at least one. */
const share = (whole: number, processes: number): number => Math.max(1, Math.floor(whole / processes));

/** A name for others of an address to listen on: one that is every address of this machine is its name. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return hostname();
  return host.includes(':') ? `[${host}]` : host;
}

/** A start that can't go on because of a setting; its message is for a person. */
export class EnvError extends Error {}
