import { isIP } from 'node:net';
import { dirname } from 'node:path';
import { z } from 'zod';

const PORT_EXPECTED = 'expected a port number from 0 to 65535';
const BASE_URL_EXPECTED = 'expected an address such as https://termine.example';
const SMTP_URL_EXPECTED = 'expected smtp://user:password@host:port or smtps://…';
const DATABASE_URL_EXPECTED = 'expected file:PATH or postgres://user:password@host:port/database';
const HOST_EXPECTED = 'expected a host name or an address of this machine';
const TRUST_PROXY_EXPECTED = 'expected loopback, a number of hops, or subnets such as 10.0.0.0/8';
/** Where a program on PostgreSQL keeps the little that is its own. */
const DATA_DIR = './data/var';
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const STAGES = ['development', 'production', 'test'] as const;

const Environment = z.object({
  NODE_ENV: z.enum(STAGES, { error: `expected one of ${STAGES.join(', ')}` }).default('development'),
  HOST: z
    .string()
    .refine((host) => URL.canParse(`http://${urlHost(host)}`), HOST_EXPECTED)
    .default('127.0.0.1'),
  PORT: z.coerce
    .number({ error: PORT_EXPECTED })
    .int(PORT_EXPECTED)
    .min(0, PORT_EXPECTED)
    .max(65_535, PORT_EXPECTED)
    .default(3000),
  BASE_URL: z.url({ protocol: /^https?$/, error: BASE_URL_EXPECTED }).optional(),
  DATABASE_URL: z.string().refine(isDatabaseUrl, DATABASE_URL_EXPECTED).default('file:./data/var/sprechstunde.db'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: SMTP_URL_EXPECTED })
    .refine((url) => new URL(url).hostname !== '', SMTP_URL_EXPECTED)
    .optional(),
  MAIL_FROM: z.string().regex(/@/, 'expected a mail address, or Name <address>').optional(),
  SECRET: z.string().min(32, 'expected at least 32 characters').optional(),
  TRUST_PROXY: z.string().refine(isTrustProxy, TRUST_PROXY_EXPECTED).optional(),
  LOG_LEVEL: z.enum(LEVELS, { error: `expected one of ${LEVELS.join(', ')}` }).default('info'),
});

/** Where the data is: a SQLite file (or `:memory:`), or a PostgreSQL server. */
export type DatabasePlace =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string };

export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly database: DatabasePlace;
  /** Where the embedded mailbox and a generated SECRET are kept: the folder of the SQLite file. */
  readonly dataDir: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string | null;
  readonly secret: string | null;
  /** As Express's `trust proxy`. */
  readonly trustProxy: string | number | false;
  readonly logLevel: string;
}

/** Every wrong setting at once, one line each. */
export class ConfigError extends Error {
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
  }
}

/** The only reader of the environment. An empty variable counts as absent. @throws ConfigError */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(set);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`));

  const { data } = parsed;
  const production = data.NODE_ENV === 'production';
  const missing = production ? (['SMTP_URL', 'SECRET'] as const).filter((name) => data[name] === undefined) : [];
  if (missing.length > 0) throw new ConfigError(missing.map((name) => `${name}: expected in production`));

  const database = databasePlace(data.DATABASE_URL);
  return {
    production,
    host: data.HOST,
    port: data.PORT,
    baseUrl: (data.BASE_URL ?? `http://${urlHost(data.HOST)}:${data.PORT}`).replace(/\/+$/, ''),
    database,
    dataDir: database.kind === 'sqlite' ? dirname(database.file) : DATA_DIR,
    smtpUrl: data.SMTP_URL ?? null,
    mailFrom: data.MAIL_FROM ?? null,
    secret: data.SECRET ?? null,
    trustProxy: trustProxy(data.TRUST_PROXY),
    logLevel: data.LOG_LEVEL,
  };
}

/** What DATABASE_URL means. @param url one that `isDatabaseUrl` */
export function databasePlace(url: string): DatabasePlace {
  if (url.startsWith('file:')) return { kind: 'sqlite', file: url.slice('file:'.length) };
  return { kind: 'postgres', url };
}

/** Whether DATABASE_URL can be read: `file:PATH`, or `postgres://` with a host and a database. */
export function isDatabaseUrl(url: string): boolean {
  if (/^file:.+/.test(url)) return true;
  return /^postgres(ql)?:\/\/[^/]+\/.+/.test(url) && URL.canParse(url);
}

/** As Express compiles it: names of ranges, hops, or subnets, with commas between. */
function isTrustProxy(value: string): boolean {
  if (value === 'false' || /^\d{1,3}$/.test(value)) return true;
  return value
    .split(',')
    .every((part) => /^(loopback|linklocal|uniquelocal)$/.test(part.trim()) || isSubnet(part.trim()));
}

function isSubnet(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}

function trustProxy(value: string | undefined): string | number | false {
  if (value === undefined || value === 'false') return false;
  return /^\d+$/.test(value) ? Number(value) : value;
}

/** The host as a browser can ask for it: an IPv6 address in brackets, and no wildcard. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
