import { Agent, createServer, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type Close, closing } from '../../src/http/closing';

const ENDLESS_MS = 60_000;

/** A server that answers when the test says so, and a client that keeps its connections. */
async function aServer() {
  const waiting: ServerResponse[] = [];
  const http = createServer((_req, res) => void waiting.push(res));
  const close: Close = closing(http);
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const { port } = http.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = () =>
    new Promise<{ connection: string | undefined }>((done, failed) => {
      request({ port, agent }, (res) => {
        res.resume();
        res.on('end', () => done({ connection: res.headers.connection }));
      })
        .on('error', failed)
        .end();
    });
  const arrived = async (requests: number) => {
    while (waiting.length < requests) await new Promise((done) => setTimeout(done, 5));
  };
  const connection = () => {
    const socket = connect(port, '127.0.0.1');
    const ended = new Promise<string>((done) => {
      socket.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? ''));
      socket.once('close', () => done('closed'));
    });
    return { ended, made: new Promise<void>((done) => socket.once('connect', done)) };
  };
  return { close, ask, arrived, waiting, connection, port };
}

describe('A server that closes', () => {
  it('answers what is under way, says that the connection is over, and is gone at once', async () => {
    const { close, ask, arrived, waiting } = await aServer();
    const answer = ask();
    await arrived(1);
    const began = performance.now();
    const closed = close(ENDLESS_MS);
    waiting[0]?.end('done');
    expect(await answer).toEqual({ connection: 'close' });
    await closed;
    // Node would keep the connection for five seconds more.
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it('drops a connection on which nothing is under way', async () => {
    const { close, ask, arrived, waiting } = await aServer();
    const answer = ask();
    await arrived(1);
    waiting[0]?.end('done');
    expect(await answer).toEqual({ connection: 'keep-alive' });
    await close(ENDLESS_MS);
    await expect(ask()).rejects.toThrow();
  });

  it('still answers what comes on a connection that was open, as its last', async () => {
    const { close, ask, arrived, waiting } = await aServer();
    const first = ask();
    await arrived(1);
    waiting[0]?.end('done');
    expect(await first).toEqual({ connection: 'keep-alive' });
    const closed = close(ENDLESS_MS);
    const second = ask();
    await arrived(2);
    waiting[1]?.end('done');
    expect(await second).toEqual({ connection: 'close' });
    await closed;
  });

  it('takes no new connection, and does not wait for one on which nothing was ever asked', async () => {
    const { close, connection, port } = await aServer();
    const silent = connection();
    await silent.made;
    const began = performance.now();
    const closed = close(ENDLESS_MS);
    const late = connect(port, '127.0.0.1');
    expect(await new Promise((done) => late.once('error', (error: NodeJS.ErrnoException) => done(error.code)))).toBe(
      'ECONNREFUSED',
    );
    expect(await silent.ended).toBe('closed');
    await closed;
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it('does not keep the connection of an answer that had begun before', async () => {
    const { close, ask, arrived, waiting } = await aServer();
    const answer = ask();
    await arrived(1);
    waiting[0]?.write('half');
    const closed = close(ENDLESS_MS);
    waiting[0]?.end('whole');
    expect(await answer).toEqual({ connection: 'keep-alive' });
    const began = performance.now();
    await closed;
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it('breaks off what is not answered in time', async () => {
    const { close, ask, arrived } = await aServer();
    const answer = ask().catch((error: NodeJS.ErrnoException) => error.code);
    await arrived(1);
    await close(50);
    expect(await answer).toBe('ECONNRESET');
  });
});
