import { Agent, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { sha256 } from '../src/identity/manageTokens';
import { apiPaths, apiUrl } from '../src/paths';
import { type Kind, kinds, newDatabase, openUrl, type TestDatabase } from './support/databases';
import { readEvents } from './support/eventReader';
import {
  buildProgram,
  endPrograms,
  freePort,
  ready,
  type StartedProgram,
  startProgram,
  until,
} from './support/program';
import { type SmtpPeer, smtpPeer } from './support/smtpPeer';

const MOST_MS = 10_000;

beforeAll(buildProgram);
afterAll(endPrograms);

/** As in production, so that nothing is there that nobody asked for. */
async function running(databaseUrl: string, smtpUrl: string) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const production = {
    NODE_ENV: 'production',
    ALLOW_HTTP: '1',
    SECRET: 'the secret of a test, which nobody else has',
    BASE_URL: origin,
  };
  const program = startProgram({ ...production, PORT: String(port), DATABASE_URL: databaseUrl, SMTP_URL: smtpUrl });
  await ready(origin);
  return { ...program, port, origin };
}

/** Ends the program. @returns its exit code and how long it took */
async function stopped({ child, exit }: StartedProgram, signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM') {
  const began = performance.now();
  child.kill(signal);
  const code = await exit;
  return { code, ms: performance.now() - began };
}

/** Who holds the jobs, as another process sees it. */
async function jobHolders(databaseUrl: string) {
  const { storage } = await openUrl(databaseUrl, { now: Date.now() });
  const jobs = await storage.jobs.list();
  await storage.close();
  return jobs.map(({ holder }) => holder);
}

/** A request that the desk takes: its first free time. */
async function aBookingRequest(origin: string) {
  const question = { topic: 'residence', language: 'en' };
  const slots = await fetch(`${origin}/api/v1/desks/expat-desk/slots?${new URLSearchParams(question)}`);
  const [first] = ((await slots.json()) as { slots: { start: string }[] }).slots;
  const client = { name: 'Kim Probe', email: 'kim@client.example', phone: '+49 30 23125 001' };
  return { ...question, mode: 'phone', start: first?.start, client, consent: true };
}

describe.each(kinds())('The program that is told to stop, on %s', (kind) => {
  let database: TestDatabase;
  let peer: SmtpPeer;
  beforeEach(async () => {
    database = await newDatabase(kind);
    peer = await smtpPeer();
  });
  afterEach(async () => {
    await peer.close();
    await database.drop();
  });

  const allHeld = async () => {
    const holders = await jobHolders(database.url);
    return holders.length > 0 && holders.every((holder) => holder !== null);
  };

  it('answers running requests, accepts no new ones, and releases its jobs', async () => {
    const program = await running(database.url, peer.url);
    const { port, origin } = program;
    await until('all jobs held', allHeld);
    const body = JSON.stringify(await aBookingRequest(origin));
    const open = await keptConnection(port);
    const slow = slowPost(port, '/api/v1/desks/expat-desk/bookings', body);
    await slow.begun;

    const end = stopped(program);
    expect(await open.untilNotReady()).toEqual({ status: 503, body: '{"status":"stopping"}', connection: 'close' });
    expect(await refusedAt(port)).toBe('ECONNREFUSED');
    const answer = await slow.trickle();
    expect(answer).toEqual({ status: 201, connection: 'close' });
    const { code, ms } = await end;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(MOST_MS);
    expect(program.log().filter(({ level }) => Number(level) >= 40)).toEqual([]);

    const { storage } = await openUrl(database.url, { now: Date.now() });
    expect(await storage.bookings.within('expat-desk', { start: 0, end: Number.MAX_SAFE_INTEGER })).toHaveLength(1);
    await storage.close();
    expect(new Set(await jobHolders(database.url))).toEqual(new Set([null]));
  });

  it('stops at once when nothing runs, also by SIGINT, and starts again on the same database', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const { code, ms } = await stopped(await running(database.url, peer.url), signal);
      expect(code).toBe(0);
      expect(ms).toBeLessThan(5_000);
    }
    expect(new Set(await jobHolders(database.url))).toEqual(new Set([null]));
  });

  it('ends streams of events first, so that it does not wait for them', async () => {
    const program = await running(database.url, peer.url);
    const { storage } = await openUrl(database.url, { now: Date.now() });
    const access = { name: 'Board', role: 'receptionist', deskId: 'expat-desk', advisorId: null } as const;
    const token = { ...access, hash: sha256('a-token'), endsAt: Number.MAX_SAFE_INTEGER };
    await storage.atomically(({ staff }) => staff.addToken(token, Date.now()));
    await storage.close();
    const events = apiUrl(apiPaths.staffEvents, { desk: 'expat-desk' });
    const reader = await readEvents(program.origin + events, { Authorization: 'Bearer a-token' });
    const began = performance.now();
    const end = stopped(program);
    expect(await reader.ended).toBe('ended');
    expect(performance.now() - began).toBeLessThan(1_000);
    const { code, ms } = await end;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(5_000);
  });

  it.each([20, 400, 1_200])(
    'may be stopped %d ms after its start, and leaves nothing half-made for the next start',
    async (ms) => {
      const port = await freePort();
      const env = { PORT: String(port), DATABASE_URL: database.url, SMTP_URL: peer.url };
      const early = startProgram(env);
      await pause(ms);
      early.child.kill('SIGTERM');
      // Before our own first line runs, the signal itself ends it.
      expect([0, null]).toContain(await early.exit);
      expect(early.output()).not.toMatch(/"level":50|Error/);
      const next = await running(database.url, peer.url);
      expect((await stopped(next)).code).toBe(0);
    },
  );
});

describe('The program that is told to stop while a mail server does not answer', () => {
  let databases: TestDatabase[];
  let peers: SmtpPeer[];
  beforeEach(async () => {
    databases = await Promise.all(kinds().map(newDatabase));
    peers = await Promise.all(kinds().map(() => smtpPeer()));
  });
  afterEach(async () => {
    for (const each of peers) await each.close();
    for (const each of databases) await each.drop();
  });

  it('does not wait for it, keeps the mail’s lease, and releases its jobs', async () => {
    // Each waits some eight seconds for the mail.
    await Promise.all(
      kinds().map((kind, i) => stopsBesideAMail(kind, databases[i] as TestDatabase, peers[i] as SmtpPeer)),
    );
  });
});

async function stopsBesideAMail(kind: Kind, database: TestDatabase, peer: SmtpPeer): Promise<void> {
  peer.behave('hang');
  const program = await running(database.url, peer.url);
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify(await aBookingRequest(program.origin));
  const url = `${program.origin}/api/v1/desks/expat-desk/bookings`;
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(201);
  await until('the mail is under way', () => peer.unacknowledged.length > 0);

  const { code, ms } = await stopped(program);
  expect([kind, code]).toEqual([kind, 0]);
  expect(ms).toBeLessThan(MOST_MS);
  expect(new Set(await jobHolders(database.url))).toEqual(new Set([null]));
  const { storage } = await openUrl(database.url, { now: Date.now() });
  expect((await storage.outbox.state(Date.now())).depth).toBeGreaterThan(0);
  await storage.close();
}

describe('The program that is told to stop while it waits for its database', () => {
  it('ends at once', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    const asked = new Promise((done) => silent.once('connection', done));
    await new Promise((done) => silent.once('listening', done));
    const { port } = silent.address() as AddressInfo;
    const program = startProgram({ DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/none`, PORT: '0' });
    await asked;
    const { code, ms } = await stopped(program);
    expect([code, program.output()]).toEqual([0, '']);
    expect(ms).toBeLessThan(2_000);
    silent.close();
  });
});

/** A client's connection that stays open between its requests. */
async function keptConnection(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = () =>
    new Promise<{ status: number | undefined; body: string; connection: string | undefined }>((done, failed) => {
      request({ host: '127.0.0.1', port, agent, path: '/readyz' }, async (res) => {
        done({ status: res.statusCode, body: await textOf(res), connection: res.headers.connection });
      })
        .on('error', failed)
        .end();
    });
  expect((await ask()).status).toBe(200);
  return {
    async untilNotReady() {
      for (;;) {
        const answer = await ask();
        if (answer.status !== 200) return answer;
      }
    },
  };
}

/** A form from a phone with a bad connection: half of it arrives, and the rest in small pieces. */
function slowPost(port: number, path: string, body: string) {
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  const half = Math.floor(body.length / 2);
  const post = request({ host: '127.0.0.1', port, path, method: 'POST', headers });
  const answer = new Promise<IncomingMessage>((done, failed) => post.once('response', done).once('error', failed));
  const begun = new Promise<void>((done) => post.write(body.slice(0, half), () => done())).then(() => pause(300));
  return {
    begun,
    async trickle() {
      const PIECES = 10;
      const size = Math.ceil((body.length - half) / PIECES);
      for (let at = half; at < body.length; at += size) {
        await pause(200);
        post.write(body.slice(at, at + size));
      }
      post.end();
      const { statusCode: status, headers } = await answer;
      return { status, connection: headers.connection };
    },
  };
}

function refusedAt(port: number): Promise<string | undefined> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', (error: NodeJS.ErrnoException) => done(error.code));
    socket.once('connect', () => done('connected'));
  });
}

async function textOf(res: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of res) text += String(chunk);
  return text;
}
