import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, inClear, readConfig } from '../src/config';

const ROOT = join(__dirname, '..');
const ENCODE = 'in user and password, write characters such as @ : / # ? % percent-encoded (# is %23)';
const SMTP_URL = `expected smtp://user:password@host:port or smtps://…; ${ENCODE}`;
const DATABASE_URL = `expected file:PATH or postgres://user:password@host:port/database; ${ENCODE}`;
const BASE_URL = 'expected an address such as https://termine.example, without path, query, fragment, user';
const PRODUCTION = {
  NODE_ENV: 'production',
  BASE_URL: 'https://termine.example',
  SMTP_URL: 'smtp://mail.example',
  SECRET: '9f2c4be07d51a836e4c08b1f77d2935a',
};

const refusedBy = (env: Record<string, string>) => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
};

const HOSTS_EXPECTED = 'expected hosts such as intranet.example or 10.0.0.7:8080, with commas between';

describe('The configuration', () => {
  it('has a default for every setting, and treats an empty variable as absent', () => {
    expect(readConfig({ PORT: '', SMTP_URL: '' })).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      baseUrl: 'http://127.0.0.1:3000',
      database: { kind: 'sqlite', file: './data/var/sprechstunde.db' },
      dataDir: './data/var',
      smtpUrl: null,
      imapUrl: null,
      mailFrom: null,
      secret: null,
      allowHttp: false,
      secretPrevious: null,
      trustProxy: false,
      calendarAllow: [],
      logLevel: 'info',
    });
  });

  it('derives the address from host and port, unless it is set', () => {
    expect(readConfig({ HOST: '0.0.0.0', PORT: '8080' }).baseUrl).toBe('http://localhost:8080');
    expect(readConfig({ HOST: '::1' }).baseUrl).toBe('http://[::1]:3000');
    expect(readConfig({ BASE_URL: 'https://termine.example/' }).baseUrl).toBe('https://termine.example');
  });

  it('reads private hosts as URLs write them', () => {
    expect(readConfig({ CALENDAR_ALLOW: 'Intranet.example, 10.0.0.7:8080,[::1]:80' }).calendarAllow).toEqual([
      'intranet.example',
      '10.0.0.7:8080',
      '[::1]:80',
    ]);
  });

  it('reads trust proxy as Express does', () => {
    expect(
      ['loopback', '2', 'false', 'loopback, 10.0.0.0/8, fd00::/8'].map(
        (value) => readConfig({ TRUST_PROXY: value }).trustProxy,
      ),
    ).toEqual(['loopback', 2, false, 'loopback, 10.0.0.0/8, fd00::/8']);
  });

  it.each([
    ['PORT', 'http', 'expected a port number from 0 to 65535'],
    ['PORT', '0x10', 'expected a port number from 0 to 65535'],
    ['PORT', '70000', 'expected a port number from 0 to 65535'],
    ['BASE_URL', 'termine.example', BASE_URL],
    ['BASE_URL', 'https://termine.example/desk', BASE_URL],
    ['BASE_URL', 'https://termine.example?a', BASE_URL],
    ['BASE_URL', 'https://termine.example/?', BASE_URL],
    ['BASE_URL', 'https://termine.example#a', BASE_URL],
    ['BASE_URL', 'https://somebody@termine.example', BASE_URL],
    ['DATABASE_URL', 'mysql://x', DATABASE_URL],
    ['DATABASE_URL', 'file:', DATABASE_URL],
    ['DATABASE_URL', 'postgres://db.example', DATABASE_URL],
    ['DATABASE_URL', 'postgres://user:p@ss#word@db.example/desk', DATABASE_URL],
    ['DATABASE_URL', 'postgres://user:pass/word@db.example/desk', DATABASE_URL],
    ['DATABASE_URL', 'postgres://user:1234/word@db.example/desk', DATABASE_URL],
    ['DATABASE_URL', 'postgres://user:1234?word@db.example/desk', DATABASE_URL],
    ['DATABASE_URL', 'postgres://user:100%@db.example/desk', DATABASE_URL],
    [
      'DATABASE_URL',
      'postgres://db.example/desk?sslrootcert=/nowhere/ca.pem',
      'what stands behind its ? cannot be used, such as a certificate that is not there',
    ],
    ['SMTP_URL', 'nonsense', SMTP_URL],
    ['SMTP_URL', 'http://mail.example', SMTP_URL],
    ['SMTP_URL', 'smtp://', SMTP_URL],
    ['SMTP_URL', 'smtp:mail.example', SMTP_URL],
    ['SMTP_URL', 'smtp://user:p@ss#word@mail.example', SMTP_URL],
    ['SMTP_URL', 'smtp://user:pass/word@mail.example', SMTP_URL],
    ['SMTP_URL', 'smtp://user:1234/word@mail.example', SMTP_URL],
    ['SMTP_URL', 'smtp://user:pass?word@mail.example', SMTP_URL],
    ['SMTP_URL', 'smtp://user:100%@mail.example', SMTP_URL],
    ['SMTP_URL', 'smtp://user:password@mail.example?requireTLS=false', SMTP_URL],
    ['ALLOW_HTTP', 'yes', 'expected 1, for an internal network without TLS, or 0'],
    ['HOST', '256.1.1.1', 'expected a host name or an address of this machine'],
    ['TRUST_PROXY', 'nonsense', 'expected loopback, a number of hops, or subnets such as 10.0.0.0/8'],
    ['TRUST_PROXY', '10.0.0.0/33', 'expected loopback, a number of hops, or subnets such as 10.0.0.0/8'],
    ['MAIL_FROM', 'nobody', 'expected a mail address, or Name <address>'],
    ['SECRET', 'short', 'expected at least 32 characters'],
    ['SECRET_PREVIOUS', 'short', 'expected at least 32 characters'],
    ['NODE_ENV', 'live', 'expected one of development, production, test'],
    ['CALENDAR_ALLOW', 'http://intranet.example', HOSTS_EXPECTED],
    ['CALENDAR_ALLOW', '10.0.0.0/8', HOSTS_EXPECTED],
    ['CALENDAR_ALLOW', 'user@intranet.example', HOSTS_EXPECTED],
    ['LOG_LEVEL', 'loud', 'expected one of fatal, error, warn, info, debug, trace, silent'],
  ])('refuses %s=%s in one line', (name, value, expected) => {
    expect(refusedBy({ [name]: value })).toEqual([`${name}: ${expected}`]);
  });

  it('accepts percent-encoded passwords of every kind, and names beyond ASCII', () => {
    for (const password of ['p@ss#word', 'a/b?c', '100%', 'ünï', ':', ' '])
      for (const [name, rest] of [
        ['SMTP_URL', 'mail.exämple:587'],
        ['DATABASE_URL', 'db.example/desk'],
      ] as const) {
        const scheme = name === 'SMTP_URL' ? 'smtp' : 'postgres';
        expect(refusedBy({ [name]: `${scheme}://user:${encodeURIComponent(password)}@${rest}` })).toEqual([]);
      }
    expect(refusedBy({ SMTP_URL: 'smtps://[2001:db8::1]:465' })).toEqual([]);
  });

  it('names every wrong setting at once, and in production every missing one', () => {
    expect(refusedBy({ PORT: 'x', SECRET: 'y' })).toHaveLength(2);
    expect(refusedBy({ NODE_ENV: 'production' })).toEqual([
      'SMTP_URL: expected in production',
      'SECRET: expected in production',
      'BASE_URL: expected an https:// address in production, or ALLOW_HTTP=1 in an internal network without TLS',
    ]);
  });
});

describe('In production', () => {
  const BASE_URL =
    'BASE_URL: expected an https:// address in production, or ALLOW_HTTP=1 in an internal network without TLS';
  const DATABASE_URL =
    'DATABASE_URL: expected ?sslmode=verify-full in production, or ALLOW_HTTP=1 in an internal network without TLS';

  it('browsers and database must be reached by TLS, unless ALLOW_HTTP is set', () => {
    expect(refusedBy(PRODUCTION)).toEqual([]);
    const clear = { BASE_URL: 'http://termine.example', DATABASE_URL: 'postgres://user:word@db.example/desk' };
    expect(refusedBy({ ...PRODUCTION, ...clear })).toEqual([BASE_URL, DATABASE_URL]);
    expect(refusedBy({ ...PRODUCTION, DATABASE_URL: `${clear.DATABASE_URL}?sslmode=disable` })).toEqual([DATABASE_URL]);
    expect(refusedBy({ ...PRODUCTION, ...clear, ALLOW_HTTP: '1' })).toEqual([]);
    for (const secured of [
      'db.example/desk?sslmode=verify-full',
      'db.example/desk?ssl=true',
      'localhost/desk',
      '[::1]/desk',
    ])
      expect(refusedBy({ ...PRODUCTION, DATABASE_URL: `postgres://user:word@${secured}` })).toEqual([]);
  });

  it('each unencrypted connection is reported, without its password', () => {
    const told = (env: Record<string, string>) => inClear(readConfig({ ...PRODUCTION, ...env }));
    const clear = {
      SMTP_URL: 'smtp://user:pass@mail.example',
      DATABASE_URL: 'postgres://user:pass@db.example/desk',
    };
    expect(told({ ...clear, ALLOW_HTTP: '1' })).toEqual([
      'SMTP_URL: mail is sent without TLS if the server offers none; ALLOW_HTTP=1 lets it pass',
      'DATABASE_URL: the database is spoken to without TLS; ALLOW_HTTP=1 lets it pass',
    ]);
    expect(told({ ALLOW_HTTP: '0' })).toEqual([]);
    const here = { SMTP_URL: 'smtp://localhost:25', DATABASE_URL: 'postgres://user:pass@127.0.0.1/desk' };
    expect(told({ ...here, ALLOW_HTTP: '1' })).toEqual([]);
    expect(told({ SMTP_URL: 'smtps://mail.example', ALLOW_HTTP: '1' })).toEqual([]);
  });

  const printed = ['.env.example', 'docs/operation.md'].flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\bSECRET=([^\s`'"]+)/g)].map(([, secret = '']) => secret),
  );
  it.each([
    ...printed,
    'x'.repeat(40),
    'abcdefgh'.repeat(5),
    'secret-secret-secret-secret-secret',
    '0123456789abcdef0123456789abcdef',
    'abcdefghijklmnopqrstuvwxyz012345',
    'changeme-changeme-changeme-12345',
    'your-secret-of-at-least-32-characters',
  ])('SECRET must not be %s, which everybody can read or guess', (secret) => {
    expect(printed.length).toBeGreaterThanOrEqual(2);
    expect(refusedBy({ ...PRODUCTION, SECRET: secret })).toEqual([
      'SECRET: expected one that nobody else has, such as the output of: openssl rand -hex 32',
    ]);
    expect(refusedBy({ SECRET: secret })).toEqual([]);
  });
});
