import { dirname } from 'node:path';
import { compile } from 'proxy-addr';
import { z } from 'zod';
import {
  BASE_URL_EXPECTED,
  DATABASE_URL_EXPECTED,
  hostOf,
  IMAP_URL_EXPECTED,
  isBaseUrl,
  isDatabaseUrl,
  isImapUrl,
  isSmtpUrl,
  SMTP_URL_EXPECTED,
  urlHost,
} from './fields/urls';
import { isLoopback } from './http/loopback';
import { isSampleSecret } from './sampleSecrets';
import { postgresConnection } from './storage/postgres/connection';

const PORT_EXPECTED = 'expected a port number from 0 to 65535';
const HOST_EXPECTED = 'expected a host name or an address of this machine';
const TRUST_PROXY_EXPECTED = 'expected loopback, a number of hops, or subnets such as 10.0.0.0/8';
const CALENDAR_ALLOW_EXPECTED = 'expected hosts such as intranet.example or 10.0.0.7:8080, with commas between';
/** The folder for a generated SECRET and the embedded mailbox, if the database is on PostgreSQL. */
const DATA_DIR = './data/var';
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const STAGES = ['development', 'production', 'test'] as const;

const Environment = z.object({
  NODE_ENV: z.enum(STAGES, { error: `expected one of ${STAGES.join(', ')}` }).default('development'),
  HOST: z
    .string()
    .refine((host) => URL.canParse(`http://${urlHost(host)}`), HOST_EXPECTED)
    .default('127.0.0.1'),
  PORT: z
    .string()
    .refine((port) => /^\d{1,5}$/.test(port) && Number(port) <= 65_535, PORT_EXPECTED)
    .transform(Number)
    .default(3000),
  BASE_URL: z.string().refine(isBaseUrl, BASE_URL_EXPECTED).optional(),
  DATABASE_URL: z.string().refine(isDatabaseUrl, DATABASE_URL_EXPECTED).default('file:./data/var/sprechstunde.db'),
  SMTP_URL: z.string().refine(isSmtpUrl, SMTP_URL_EXPECTED).optional(),
  IMAP_URL: z.string().refine(isImapUrl, IMAP_URL_EXPECTED).optional(),
  MAIL_FROM: z.string().regex(/@/, 'expected a mail address, or Name <address>').optional(),
  SECRET: z.string().min(32, 'expected at least 32 characters').optional(),
  SECRET_PREVIOUS: z.string().min(32, 'expected at least 32 characters').optional(),
  TRUST_PROXY: z.string().refine(isTrustProxy, TRUST_PROXY_EXPECTED).optional(),
  ALLOW_HTTP: z.enum(['0', '1'], { error: 'expected 1, for an internal network without TLS, or 0' }).default('0'),
  CALENDAR_ALLOW: z.string().refine(areHosts, CALENDAR_ALLOW_EXPECTED).optional(),
  LOG_LEVEL: z.enum(LEVELS, { error: `expected one of ${LEVELS.join(', ')}` }).default('info'),
});

/** Where the data is: a SQLite file (or `:memory:`), or a PostgreSQL server. */
type DatabasePlace =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string };

export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** An origin, without a slash at its end. */
  readonly baseUrl: string;
  readonly database: DatabasePlace;
  /** Where the embedded mailbox and a generated SECRET are kept: the folder of the SQLite file. */
  readonly dataDir: string;
  readonly smtpUrl: string | null;
  /** The mailbox to which answers and reports come; null: it is not read. */
  readonly imapUrl: string | null;
  readonly mailFrom: string | null;
  readonly secret: string | null;
  /** `true` if mail server, database and browsers may be reached over the network without TLS. */
  readonly allowHttp: boolean;
  /** The secret before the last rotation. Links, cookies and seals made with it are still accepted. */
  readonly secretPrevious: string | null;
  /** The value of Express's setting `trust proxy`. */
  readonly trustProxy: string | number | false;
  /** Private hosts to which the program may connect, as `host` or `host:port`. */
  readonly calendarAllow: readonly string[];
  readonly logLevel: string;
}

/** Lists every wrong setting, one on each line. */
export class ConfigError extends Error {
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
  }
}

/**
 * Reads the settings from the environment; nothing else in the program does. An empty variable counts as absent.
 *
 * @throws ConfigError that lists every wrong setting
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(set);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`));

  const { data } = parsed;
  const production = data.NODE_ENV === 'production';
  const database = databasePlace(data.DATABASE_URL);
  const refused = production ? refusedInProduction(data, database) : [];
  if (database.kind === 'postgres' && !postgresConnection(database.url))
    refused.push('DATABASE_URL: what stands behind its ? cannot be used, such as a certificate that is not there');
  if (data.SECRET_PREVIOUS !== undefined && data.SECRET_PREVIOUS === data.SECRET)
    refused.push('SECRET_PREVIOUS: expected the secret before SECRET, not the same');
  if (refused.length > 0) throw new ConfigError(refused);

  return {
    production,
    host: data.HOST,
    port: data.PORT,
    baseUrl: data.BASE_URL ? new URL(data.BASE_URL).origin : `http://${urlHost(data.HOST)}:${data.PORT}`,
    database,
    dataDir: database.kind === 'sqlite' ? dirname(database.file) : DATA_DIR,
    smtpUrl: data.SMTP_URL ?? null,
    imapUrl: data.IMAP_URL ?? null,
    mailFrom: data.MAIL_FROM ?? null,
    secret: data.SECRET ?? null,
    allowHttp: data.ALLOW_HTTP === '1',
    secretPrevious: data.SECRET_PREVIOUS ?? null,
    trustProxy: trustProxy(data.TRUST_PROXY),
    calendarAllow: hostsIn(data.CALENDAR_ALLOW ?? ''),
    logLevel: data.LOG_LEVEL,
  };
}

/** Lists the settings that are missing or not allowed in production. */
function refusedInProduction(
  { BASE_URL, SMTP_URL, SECRET, ALLOW_HTTP }: z.infer<typeof Environment>,
  database: DatabasePlace,
): string[] {
  const isAllowed = ALLOW_HTTP === '1';
  const lines = Object.entries({ SMTP_URL, SECRET })
    .filter(([, value]) => value === undefined)
    .map(([name]) => `${name}: expected in production`);
  if (SECRET !== undefined && isSampleSecret(SECRET))
    lines.push('SECRET: expected one that nobody else has, such as the output of: openssl rand -hex 32');
  if (!isAllowed && !/^https:/i.test(BASE_URL ?? ''))
    lines.push(
      'BASE_URL: expected an https:// address in production, or ALLOW_HTTP=1 in an internal network without TLS',
    );
  if (!isAllowed && spokenInClear(database))
    lines.push(
      'DATABASE_URL: expected ?sslmode=verify-full in production, or ALLOW_HTTP=1 in an internal network without TLS',
    );
  return lines;
}

/** Lists the settings by which personal data crosses the network unencrypted because of ALLOW_HTTP, one line each. */
export function inClear({ smtpUrl, imapUrl, database, allowHttp }: Config): string[] {
  if (!allowHttp) return [];
  const lines = [
    [smtpUrl !== null && mayBeRead(smtpUrl), 'SMTP_URL: mail is sent without TLS if the server offers none'],
    [imapUrl !== null && mayBeRead(imapUrl), 'IMAP_URL: mail is read without TLS if the server offers none'],
    [spokenInClear(database), 'DATABASE_URL: the database is spoken to without TLS'],
  ] as const;
  return lines.filter(([is]) => is).map(([, line]) => `${line}; ALLOW_HTTP=1 lets it pass`);
}

/** Returns `true` if mail to or from this server leaves the machine and is not required to use TLS by the URL. */
export function mayBeRead(url: string): boolean {
  return /^(?:smtp|imap):/i.test(url) && !isLoopback(hostOf(url));
}

function spokenInClear(database: DatabasePlace): boolean {
  if (database.kind === 'sqlite') return false;
  const connection = postgresConnection(database.url);
  return connection !== undefined && !connection.tls && !isLoopback(connection.host);
}

/** Reads DATABASE_URL. @param url a text that `isDatabaseUrl` accepts */
export function databasePlace(url: string): DatabasePlace {
  if (url.startsWith('file:')) return { kind: 'sqlite', file: url.slice('file:'.length) };
  return { kind: 'postgres', url };
}

function trustProxy(value: string | undefined): string | number | false {
  if (value === undefined || value === 'false') return false;
  return /^\d+$/.test(value) ? Number(value) : value;
}

/** As Express compiles `trust proxy`: names of ranges, hops, or subnets, with commas between. */
function isTrustProxy(value: string): boolean {
  if (value === 'false' || /^\d{1,3}$/.test(value)) return true;
  try {
    compile(value.split(',').map((part) => part.trim()));
    return true;
  } catch {
    return false;
  }
}

/** Returns the hosts of a list with commas, as URLs write them. */
function hostsIn(value: string): string[] {
  return value
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
}

/** Each is a host with or without a port, and nothing else. */
function areHosts(value: string): boolean {
  return hostsIn(value).every((host) => {
    if (!URL.canParse(`http://${host}`)) return false;
    const { hostname, port } = new URL(`http://${host}`);
    return host === hostname || host === `${hostname}:${port || 80}`;
  });
}
