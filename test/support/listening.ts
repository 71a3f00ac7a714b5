import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestApp, testApp } from './app';

/** The real program behind a real socket, whose address is its BASE_URL. */
export interface Served extends TestApp {
  readonly origin: string;
  /** Breaks off all connections, and refuses new ones, like a program that has been stopped. */
  goAway(): Promise<void>;
  /** Listens again at the same address. */
  comeBack(): Promise<void>;
}

/** Returns the real program behind a real socket. The caller closes it. */
export async function serve(options: Parameters<typeof testApp>[0] = {}): Promise<Served> {
  const socket = createServer();
  const listen = (port: number) => new Promise<void>((done) => socket.listen(port, '127.0.0.1', done));
  await listen(0);
  const { port } = socket.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const app = await testApp({ ...options, baseUrl: origin });
  const answers = new Set<Promise<void>>();
  socket.on('request', (_req, res) => {
    const over = new Promise<void>((done) => res.once('close', done)).then(() => void answers.delete(over));
    answers.add(over);
  });
  socket.on('request', app.http);
  const goAway = async () => {
    await new Promise((done) => {
      socket.close(done);
      socket.closeAllConnections();
    });
    // Streams of events last until here, and each answer is noted in the log when it is over.
    await Promise.all(answers);
  };
  return {
    ...app,
    origin,
    goAway,
    comeBack: () => listen(port),
    close: async () => {
      await goAway();
      await app.close();
    },
  };
}
