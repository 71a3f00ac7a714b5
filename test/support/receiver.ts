import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A message as another program gets it. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: { readonly type: string; readonly timestamp: string; readonly data: Record<string, unknown> };
}

/** Another program on this machine that is sent messages. The caller closes it. */
export async function aReceiver() {
  const received: Received[] = [];
  let answer: (res: ServerResponse) => void = (res) => void res.writeHead(204).end();
  const server = createServer((req, res) => {
    let text = '';
    req.setEncoding('utf8');
    req.on('data', (part) => {
      text += part;
    });
    req.on('end', () => {
      received.push({ headers: req.headers, text, body: JSON.parse(text) });
      answer(res);
    });
  });
  const listen = (port: number) => new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const goAway = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    /** How it answers from now on. */
    answers: (how: number | ((res: ServerResponse) => void)) => {
      answer = typeof how === 'number' ? (res) => void res.writeHead(how).end() : how;
    },
    goAway,
    comeBack: () => listen(port),
    close: () => goAway().catch(() => {}),
  };
}

/** Verifies a message as the library of the Standard Webhooks does, which is not ours; null: it refuses it. */
export function verified({ text, headers }: Received, secret: string): unknown {
  try {
    return new Webhook(secret).verify(text, headers as Record<string, string>);
  } catch {
    return null;
  }
}
