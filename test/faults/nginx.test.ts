import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { apiPaths, apiUrl } from '../../src/paths';
import { asRole } from '../http/api/apiClient';
import { booked } from '../support/bookings';
import { readEvents } from '../support/eventReader';
import { serve } from '../support/listening';
import { serverOfTheRun } from '../support/postgres';
import { bookers, ledger } from './support/bookers';
import { DESK, seedFaultDesk } from './support/desk';
import { outboxEmpty, post } from './support/mails';
import { endNginx, hasNginx, nginx } from './support/nginx';
import { verdict } from './support/oracle';
import { endAll, FULL, pause, removeScratch, rounds, scratch } from './support/program';
import { report } from './support/report';
import { type Member, member } from './support/together';

const dir = scratch();
const here = hasNginx();
const members: Member[] = [];
const postgres = serverOfTheRun();
const servers: Server[] = [];
afterAll(async () => {
  endAll();
  endNginx();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  for (const { smtp } of members) await smtp.close();
  removeScratch(dir);
});

const [PARALLEL, WITHOUT_KEY] = [40, 10];
const REST_MS = rounds(1_500, 4_000);
const SECRET_PATH = '/b/a-secret-that-no-log-may-know';
/**
 * How often an unknown secret is asked for at each kill: so rarely that, over all kills, the program does not take the
 * client for a guesser.
 */
const ASKS = 4;

async function databaseOn(kind: 'SQLite' | 'PostgreSQL'): Promise<string | null> {
  if (kind === 'SQLite') return `file:${join(dir, 'behind-nginx.db')}`;
  if (!postgres) {
    process.stdout.write('nginx before PostgreSQL: skipped, there is no PostgreSQL here.\n');
    return null;
  }
  await postgres.run('create database behind_nginx');
  return postgres.url('behind_nginx');
}

describe('nginx in front of two processes, as docs/nginx.conf has it', () => {
  it.each(['SQLite', 'PostgreSQL'] as const)(
    'loses nothing when one of two on %s is killed again and again',
    async (kind) => {
      const databaseUrl = here ? await databaseOn(kind) : null;
      if (!databaseUrl) return;
      await seedFaultDesk(databaseUrl);
      const env = { TRUST_PROXY: 'loopback' };
      const two = [await member(databaseUrl, env), await member(databaseUrl, env)] as const;
      members.push(...two);
      for (const program of two) await program.start();
      const ports = two.map(({ origin }) => Number(new URL(origin).port)) as [number, number];
      const front = await nginx(dir, ports);

      const [kept, once] = [ledger(join(dir, `${kind}.jsonl`)), ledger(join(dir, `${kind}-once.jsonl`))];
      const origins = [front.origin];
      const clients = bookers({ origins, ledger: kept, parallel: PARALLEL, restMs: REST_MS });
      const careless = bookers({ origins, ledger: once, parallel: WITHOUT_KEY, restMs: REST_MS, keys: false });
      await Promise.all([clients.start(), careless.start()]);
      const kills = rounds(2, 25);
      let notReached = 0;
      for (let i = 0; i < kills; i++) {
        await pause(400);
        const victim = two[i % 2] as Member;
        await victim.kill();
        for (let asked = 0; asked < ASKS; asked++) {
          const answer = await fetch(`${front.origin}${SECRET_PATH}`).catch(() => undefined);
          if (answer?.status !== 404) notReached++;
          await answer?.text();
        }
        await victim.start();
      }
      const [met, careful] = [await careless.stop(), await clients.stop()];
      // Another process takes the jobs of a killed one over after 20 s. In the short form, it is enough that every mail
      // is in the outbox.
      if (FULL) await outboxEmpty(databaseUrl, { patient: false });
      await Promise.all(two.map((program) => program.term()));
      await front.stop();
      for (const book of [kept, once]) book.close();
      const told = [...kept.read(), ...once.read()];
      const found = await verdict(databaseUrl, told);
      const mails = await post(
        databaseUrl,
        two.map(({ smtp }) => smtp),
        told,
      );
      report({
        fault: `nginx: kill -9 of one of two processes on ${kind} under ${PARALLEL + WITHOUT_KEY} bookers`,
        tries: kills,
        ...found,
        ...(FULL ? { mails: mails.mails } : {}),
        remarks: `seen by clients with a key: ${careful.unavailable} × 503, ${careful.broken} broken, ${careful.late} late of ${careful.tries}; without: ${met.unavailable} × 503, ${met.broken} broken, ${met.late} late of ${met.tries}; reading: ${notReached} of ${ASKS * kills}${FULL ? `; ${mails.copies} further identical copies of mails` : ''}`,
      });
      expect([...careful.strange, ...met.strange]).toEqual([]);
      expect([careful.broken, met.broken, notReached]).toEqual([0, 0, 0]);
      expect(found).toMatchObject({ lost: 0, doubled: 0, untold: 0, integrity: 'ok' });
      expect(found.acknowledged).toBeGreaterThan(PARALLEL);
      expect(mails).toMatchObject(FULL ? { unlike: 0, astray: 0, miscounted: 0 } : { unlike: 0 });
      expect(mails.copies).toBeLessThanOrEqual(kills);
      expect(front.accessLog()).toContain(`/api/v1/desks/${DESK}/bookings 201`);
      expect(front.accessLog()).toMatch(/^127\.0\.0\.0 .* GET \/b\/\*\*\* 404/m);
      expect(front.accessLog() + front.errorLog()).not.toContain('a-secret');
    },
    1_800_000,
  );

  it('sends a POST to a second process only if it has an Idempotency-Key', async () => {
    if (!here) return;
    const arrived: string[] = [];
    const dying = await Promise.all([dyingServer(arrived), dyingServer(arrived)]);
    const front = await nginx(dir, dying.map(portOf) as [number, number]);
    const ask = async (method: string, path: string, headers: Record<string, string> = {}) => {
      arrived.length = 0;
      const { status, headers: answered } = await fetch(`${front.origin}${path}`, {
        method,
        headers,
        ...(method === 'POST' ? { body: '{"start":"whenever"}' } : {}),
      });
      expect([status, answered.get('retry-after')]).toEqual([503, '5']);
      return [...arrived];
    };
    const key = { 'Idempotency-Key': 'a-key-of-one-request' };
    for (const path of ['/api/v1/desks/d/bookings', '/api/v1/bookings/secret/cancel']) {
      expect(await ask('POST', path)).toEqual([`POST ${path} {"start":"whenever"}`]);
      expect(await ask('POST', path, key)).toEqual(Array(2).fill(`POST ${path} {"start":"whenever"}`));
      expect(await ask('GET', path)).toHaveLength(2);
    }
    expect(await ask('POST', '/de/d/book/check')).toHaveLength(1);
    expect(await ask('POST', '/de/d/book/check', key)).toHaveLength(1);
    expect(await ask('POST', '/b/secret/cancel')).toHaveLength(1);
    await front.stop();
  });

  it('passes on each event of a stream at once', async () => {
    if (!here) return;
    const app = await serve({ trustProxy: 'loopback' });
    const port = Number(new URL(app.origin).port);
    const front = await nginx(dir, [port, port]);
    const events = apiUrl(apiPaths.staffEvents, { desk: 'expat-desk' });
    const reader = await readEvents(front.origin + events, await asRole(app, 'receptionist', {}));
    await reader.until((text) => text.includes('id: '));
    for (const count of [1, 2]) {
      const { id } = await booked(app);
      expect((await reader.first(count)).at(-1)?.data).toMatchObject({ id });
    }
    reader.close();
    await front.stop();
    await app.close();
  });

  it('keeps the metrics inside, and does not pass on what a client says of its own address', async () => {
    if (!here) return;
    const seen: (string | undefined)[] = [];
    const server = await peer((req, res) => {
      seen.push(req.headers['x-forwarded-for'] as string | undefined);
      res.end('{}');
    });
    const front = await nginx(dir, [portOf(server), portOf(server)]);
    expect((await fetch(`${front.origin}/metrics`)).status).toBe(404);
    expect(seen).toEqual([]);
    for (const path of ['/', '/api/v1/desks', '/b/secret'])
      expect((await fetch(`${front.origin}${path}`, { headers: { 'X-Forwarded-For': '192.0.2.7' } })).status).toBe(200);
    expect(seen).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
    await front.stop();
  });
});

/**
 * Starts a server that takes a request whole and then breaks the connection, like a process that is killed while it
 * works.
 */
function dyingServer(arrived: string[]): Promise<Server> {
  return peer((req) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      arrived.push(`${req.method} ${req.url} ${body}`.trim());
      req.socket.destroy();
    });
  });
}

async function peer(answer: RequestListener): Promise<Server> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
