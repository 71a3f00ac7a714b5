import { ConfigError, readConfig } from '../src/config';

const refusedBy = (env: Record<string, string>) => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
};

describe('The configuration', () => {
  it('has a default for everything, and takes an empty variable for none', () => {
    expect(readConfig({ PORT: '', SMTP_URL: '' })).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      baseUrl: 'http://127.0.0.1:3000',
      database: { kind: 'sqlite', file: './data/var/sprechstunde.db' },
      dataDir: './data/var',
      smtpUrl: null,
      mailFrom: null,
      secret: null,
      trustProxy: false,
      logLevel: 'info',
    });
  });

  it('finds the address from host and port, unless it is told', () => {
    expect(readConfig({ HOST: '0.0.0.0', PORT: '8080' }).baseUrl).toBe('http://localhost:8080');
    expect(readConfig({ HOST: '::1' }).baseUrl).toBe('http://[::1]:3000');
    expect(readConfig({ BASE_URL: 'https://termine.example/' }).baseUrl).toBe('https://termine.example');
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
    ['PORT', '70000', 'expected a port number from 0 to 65535'],
    ['BASE_URL', 'termine.example', 'expected an address such as https://termine.example'],
    ['DATABASE_URL', 'mysql://x', 'expected file:PATH or postgres://user:password@host:port/database'],
    ['SMTP_URL', 'http://mail.example', 'expected smtp://user:password@host:port or smtps://…'],
    ['SMTP_URL', 'smtp://', 'expected smtp://user:password@host:port or smtps://…'],
    ['HOST', '256.1.1.1', 'expected a host name or an address of this machine'],
    ['TRUST_PROXY', 'nonsense', 'expected loopback, a number of hops, or subnets such as 10.0.0.0/8'],
    ['TRUST_PROXY', '10.0.0.0/33', 'expected loopback, a number of hops, or subnets such as 10.0.0.0/8'],
    ['MAIL_FROM', 'nobody', 'expected a mail address, or Name <address>'],
    ['SECRET', 'short', 'expected at least 32 characters'],
    ['NODE_ENV', 'live', 'expected one of development, production, test'],
    ['LOG_LEVEL', 'loud', 'expected one of fatal, error, warn, info, debug, trace, silent'],
  ])('refuses %s=%s in one line', (name, value, expected) => {
    expect(refusedBy({ [name]: value })).toEqual([`${name}: ${expected}`]);
  });

  it('names every wrong setting at once, and in production what is missing', () => {
    expect(refusedBy({ PORT: 'x', SECRET: 'y' })).toHaveLength(2);
    expect(refusedBy({ NODE_ENV: 'production' })).toEqual([
      'SMTP_URL: expected in production',
      'SECRET: expected in production',
    ]);
  });
});
