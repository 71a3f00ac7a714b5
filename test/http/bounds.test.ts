import { type AddressInfo, connect, type Socket } from 'node:net';
import { BOUNDS, type Bounds, boundedServer } from '../../src/http/bounds';
import { pause, until } from '../support/program';

const QUICK: Bounds = { headersMs: 400, requestMs: 900, idleMs: 300, lookMs: 50, connections: 5 };
const GET = 'GET / HTTP/1.1\r\nHost: desk.example\r\n';
const POST = 'POST / HTTP/1.1\r\nHost: desk.example\r\nContent-Length: 100\r\n\r\n';

let close: () => void = () => {};
afterEach(() => close());

/** A server that answers a request when all of it is there, and `/slow` never. */
async function listening(bounds?: Bounds) {
  const answered: string[] = [];
  const http = boundedServer((req, res) => {
    answered.push(String(req.url));
    req.on('error', () => {});
    req.resume().on('end', () => {
      if (req.url !== '/slow') res.end('yes');
    });
  }, bounds);
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', () => done()));
  const sockets: Socket[] = [];
  close = () => {
    for (const socket of sockets) socket.destroy();
    http.close();
  };
  /** Connects and says something. */
  const client = async (said: string) => {
    const began = performance.now();
    const socket = connect((http.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(socket);
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => {});
    const closed = new Promise<number>((done) => socket.once('close', () => done(performance.now() - began)));
    await new Promise((done) => socket.once('connect', done).once('close', done));
    if (said) socket.write(said);
    return { socket, closed, heard: () => text, say: (more: string) => socket.write(more) };
  };
  const open = () => new Promise<number>((done) => http.getConnections((_, count) => done(count)));
  return { client, answered, open };
}

/** Sends a byte now and then, so that the connection is never silent. */
function trickle({ socket }: { socket: Socket }, every: number): void {
  const timer = setInterval(() => socket.write('a'), every);
  socket.once('close', () => clearInterval(timer));
}

describe.each([
  ['as the program sets it', BOUNDS],
  ['with short times', QUICK],
])('The server, %s', (_, bounds) => {
  it('lets go of whoever says nothing, or headers or a body without end', async () => {
    const { client } = await listening(bounds);
    const [silent, headers, body] = [await client(''), await client(`${GET}X-Slow: `), await client(POST)];
    for (const slow of [headers, body]) trickle(slow, bounds.headersMs / 8);
    const late = 1_500 + 2 * bounds.lookMs;
    const [silentMs, headersMs, bodyMs] = await Promise.all([silent.closed, headers.closed, body.closed]);
    for (const ms of [silentMs, headersMs]) {
      expect(ms).toBeGreaterThanOrEqual(bounds.headersMs - 50);
      expect(ms).toBeLessThan(bounds.headersMs + late);
    }
    expect(bodyMs).toBeGreaterThanOrEqual(bounds.requestMs - 50);
    expect(bodyMs).toBeLessThan(bounds.requestMs + late);
    for (const each of [headers, body]) expect(each.heard()).toMatch(/^HTTP\/1\.1 408 /);
  });
});

describe('The server', () => {
  it('closes a connection on which nothing more is asked', async () => {
    const { client } = await listening(QUICK);
    const idle = await client(`${GET}\r\n`);
    expect(await idle.closed).toBeGreaterThan(QUICK.idleMs - 50);
    expect(idle.heard()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('that is full closes whoever waits for nothing, and answers the newcomer', async () => {
    const { client } = await listening({ ...QUICK, idleMs: 60_000 });
    const idle: Awaited<ReturnType<typeof client>>[] = [];
    for (let i = 0; i < QUICK.connections; i++) idle.push(await client(`${GET}\r\n`));
    await until('all are answered', () => idle.every(({ heard }) => heard().endsWith('yes')));
    const newcomer = await client('');
    await Promise.all(idle.map(({ closed }) => closed));
    newcomer.say(`${GET}\r\n`);
    await until('an answer', () => newcomer.heard() !== '');
    expect(newcomer.heard()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('that is full of requests refuses a newcomer with 503, answers probes, and those that were there go on', async () => {
    const { client, answered, open } = await listening({ ...QUICK, headersMs: 20_000, requestMs: 30_000 });
    const busy: Awaited<ReturnType<typeof client>>[] = [];
    for (let i = 0; i < QUICK.connections; i++) busy.push(await client(POST));
    await until('all have begun', () => answered.length === QUICK.connections);
    const [newcomer, probe] = [
      await client(`${GET}\r\n`),
      await client('GET /healthz HTTP/1.1\r\nHost: desk.example\r\nConnection: close\r\n\r\n'),
    ];
    await Promise.all([newcomer.closed, probe.closed]);
    expect(newcomer.heard()).toMatch(/^HTTP\/1\.1 503 .*\r\n[\s\S]*Retry-After: 5\r\n[\s\S]*Connection: close\r\n/);
    expect(probe.heard()).toMatch(/^HTTP\/1\.1 200 /);
    expect(answered).toEqual([...busy.map(() => '/'), '/healthz']);

    for (const each of busy) each.say('x'.repeat(100));
    await until('all are answered', () => busy.every(({ heard }) => heard().endsWith('yes')));
    const next = await client(`${GET}\r\n`);
    await until('an answer', () => next.heard() !== '');
    expect(next.heard()).toMatch(/^HTTP\/1\.1 200 /);
    expect(await open()).toBeLessThanOrEqual(QUICK.connections + 1);
  });

  it('takes no more connections than it can tell that it is full', async () => {
    const { client, open } = await listening({ ...QUICK, headersMs: 20_000, requestMs: 30_000 });
    const clients = [];
    for (let i = 0; i < QUICK.connections + 130; i++) clients.push(await client(''));
    await pause(200);
    expect(await open()).toBe(QUICK.connections + 100);
    expect(clients.filter(({ socket }) => socket.destroyed).length).toBe(30);
  });
});
