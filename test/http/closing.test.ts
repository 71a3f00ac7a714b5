import { Agent, createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Close, closing } from '../../src/http/closing';

const ENDLESS_MS = 60_000;

/** A server that answers when the test says so, and a client that keeps its connections. */
async function aServer() {
  const waiting: ServerResponse[] = [];
  const http = createServer((_req, res) => void waiting.push(res));
  const close: Close = closing(http);
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = () =>
    new Promise<{ connection: string | undefined }>((done, failed) => {
      request({ port: (http.address() as AddressInfo).port, agent }, (res) => {
        res.resume();
        res.on('end', () => done({ connection: res.headers.connection }));
      })
        .on('error', failed)
        .end();
    });
  const arrived = async (requests: number) => {
    while (waiting.length < requests) await new Promise((done) => setTimeout(done, 5));
  };
  return { close, ask, arrived, waiting, agent };
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

  it('breaks off what is not answered in time', async () => {
    const { close, ask, arrived } = await aServer();
    const answer = ask().catch((error: NodeJS.ErrnoException) => error.code);
    await arrived(1);
    await close(50);
    expect(await answer).toBe('ECONNRESET');
  });
});
