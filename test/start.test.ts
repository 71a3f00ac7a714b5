import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTP_URL_EXPECTED } from '../src/fields/urls';
import { aDesk } from './support/builders';
import { openUrl } from './support/databases';
import { buildProgram, endPrograms, freePort, ready, startProgram as start } from './support/program';
import { addStaff, PASSWORD } from './support/staff';

const dir = mkdtempSync(join(tmpdir(), 'sprechstunde-start-'));

afterAll(() => {
  endPrograms();
  rmSync(dir, { recursive: true, force: true });
});

beforeAll(buildProgram);

/** Without the demo, which takes its time and is not asked about. */
const PRODUCTION = {
  NODE_ENV: 'production',
  SMTP_URL: 'smtp://127.0.0.1:9',
  ALLOW_HTTP: '1',
  SECRET: 'the secret of a test, which nobody else has',
};

/** As if the demo had been made, but for its bookings, which take their time. */
async function withDemoUser(url: string): Promise<void> {
  const { storage } = await openUrl(url, { now: Date.now() });
  await storage.write(({ desks }) => desks.add(aDesk()));
  await addStaff({ storage }, { demo: true });
  await storage.close();
}

describe('The program', () => {
  it('starts in an empty folder with desks and demo, and stops when it is told to', async () => {
    const port = await freePort();
    const { child, exit, output } = start({ PORT: String(port), DATABASE_URL: `file:${dir}/new/desk.db` });
    const origin = `http://127.0.0.1:${port}`;
    expect(await (await ready(origin)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${origin}/healthz`)).json()).toEqual({ status: 'ok' });
    const { desks } = (await (await fetch(`${origin}/api/v1/desks`)).json()) as { desks: { id: string }[] };
    expect(desks.map(({ id }) => id)).toEqual(['expat-desk', 'wuppertal']);
    expect((await fetch(`${origin}/dev/mailbox`)).status).toBe(200);
    expect(output()).toContain(`Sprechstunde is at ${origin}`);
    expect(output()).toMatch(/reception@expat-desk\.example/);

    // The demo bookings are made meanwhile, which holds up neither requests nor the end.
    expect(output()).toContain('making demo bookings');
    const told = performance.now();
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(performance.now() - told).toBeLessThan(5_000);
    expect(output()).toMatch(/"whole":(true|false)/);
    // Every line on stdout is JSON, and none has an address of a person in it.
    const log = output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(log.map((line) => JSON.parse(line).req?.path)).toContain('/api/v1/desks');
    expect(log.join('\n')).not.toMatch(/@|127\.0\.0\.1(?!:)/);
  });

  it('warns that development can be reached by others, does not let them sign in by a demo account, and has none in production', async () => {
    const [port, DATABASE_URL] = [await freePort(), `file:${mkdtempSync(join(dir, 'forgotten-'))}/desk.db`];
    await withDemoUser(DATABASE_URL);
    const REFUSED = /again=/;
    const signIn = async (host: string, headers: Record<string, string> = {}) => {
      const body = new URLSearchParams({ email: 'receptionist@expat-desk.example', password: PASSWORD });
      const url = `http://${host}:${port}/staff/sign-in`;
      const sent = {
        method: 'POST',
        body,
        redirect: 'manual',
        headers: { 'Sec-Fetch-Site': 'same-origin', ...headers },
      };
      return (await fetch(url, sent as RequestInit)).headers.get('location');
    };
    const own = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

    const development = start({ PORT: String(port), HOST: '0.0.0.0', DATABASE_URL });
    await ready(`http://127.0.0.1:${port}`);
    expect(development.output()).toMatch(/^\*\*\* DEVELOPMENT, OPEN TO OTHERS \(HOST=0\.0\.0\.0\): .+ \*\*\*$/m);
    expect(await signIn('127.0.0.1')).toBe('/staff');
    expect(await signIn('127.0.0.1', { 'X-Forwarded-For': '192.0.2.7' })).toMatch(REFUSED);
    if (own !== undefined) expect(await signIn(own)).toMatch(REFUSED);
    development.child.kill('SIGTERM');
    await development.exit;

    const production = start({ ...PRODUCTION, PORT: String(port), DATABASE_URL });
    await ready(`http://127.0.0.1:${port}`);
    expect(await signIn('127.0.0.1')).toMatch(REFUSED);
    production.child.kill('SIGTERM');
    expect(await production.exit).toBe(0);
    // It has a generated secret until now, and SECRET is another one.
    expect(production.output()).toMatch(/^SECRET does not fit this database: .+$/m);
    expect(production.output()).not.toMatch(/DEVELOPMENT/);
  });

  it('has no demo, no mailbox and no demo accounts in production', async () => {
    const port = await freePort();
    const { child, exit, output } = start({
      ...PRODUCTION,
      PORT: String(port),
      DATABASE_URL: `file:${dir}/production/desk.db`,
    });
    await ready(`http://127.0.0.1:${port}`);
    expect((await fetch(`http://127.0.0.1:${port}/dev/mailbox`)).status).toBe(404);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(output()).not.toMatch(/demo/i);
  });

  it.each([
    ['PORT', 'http', 'expected a port number from 0 to 65535'],
    ['HOST', '192.0.2.1', 'not an address of this machine (192.0.2.1:3000)'],
    ['DATABASE_URL', `file:${dir}`, `cannot open ${dir} (not a file)`],
    ['SMTP_URL', 'nonsense', SMTP_URL_EXPECTED],
    ['SMTP_URL', 'smtp://user:p@ss#word@mail.example', SMTP_URL_EXPECTED],
    ['MAIL_FROM', 'a@desk.example, b@desk.example', 'expected one mail address, or Name <address>'],
  ])('refuses to start with %s=%s, in one line that names it', async (name, value, expected) => {
    const { exit, output } = start({ ...PRODUCTION, DATABASE_URL: `file:${dir}/refused/desk.db`, [name]: value });
    expect(await exit).toBe(1);
    expect(output()).toBe(`${name}: ${expected}\n`);
  });

  it('says in one line that another program listens there', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    const { exit, output } = start({ ...PRODUCTION, PORT: String(port), DATABASE_URL: `file:${dir}/taken/desk.db` });
    expect(await exit).toBe(1);
    expect(output()).toBe(`PORT: another program listens there (127.0.0.1:${port})\n`);
    other.close();
  });
});
