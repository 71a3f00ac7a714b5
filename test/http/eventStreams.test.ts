import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { DomainError } from '../../src/domain/errors';
import { eventStreams, type StreamBounds } from '../../src/http/eventStreams';
import { measures } from '../../src/http/measures';
import { readEvents } from '../support/eventReader';

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const each of cleanUp.splice(0)) each();
});

/** A server that answers each request with a stream, and the streams in the order in which they came. */
async function aServer(bounds: Partial<StreamBounds>, mayStay: () => Promise<boolean> = async () => true) {
  const failures: unknown[] = [];
  const stopping = new AbortController().signal;
  const streams = eventStreams({ measures: measures(), stopping, failed: (error) => failures.push(error) }, bounds);
  const open: { readonly send: (text: string) => void; readonly res: ServerResponse }[] = [];
  const http = createServer((_req, res) => {
    open.push({
      res,
      send: streams.open(res, { reader: 'somebody', beat: () => 'event: alive\ndata: {}\n\n', mayStay }),
    });
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', () => done()));
  cleanUp.push(() => {
    http.closeAllConnections();
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  return { port, open, failures, origin: `http://127.0.0.1:${port}` };
}

/** A client that asks for a stream and reads nothing of it. */
function deafClient(port: number): void {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  socket.pause();
  cleanUp.push(() => socket.destroy());
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 2_000) throw new Error('never');
    await new Promise((done) => setTimeout(done, 5));
  }
}

const EVENT = `event: booking\ndata: "${'x'.repeat(200_000)}"\n\n`;

describe('A stream of events', () => {
  it('ends for a reader who does not read when too much waits for them, and for no other', async () => {
    const { port, open, origin } = await aServer({ bufferedBytes: 50_000, beatMs: 3_600_000 });
    deafClient(port);
    await until(() => open.length === 1);
    const reader = await readEvents(origin);
    cleanUp.push(reader.close);
    const [deaf, hearing] = open;
    let sent = 0;
    // What the system itself keeps for a slow reader is some megabytes.
    for (; !deaf?.res.destroyed; sent++) {
      if (sent > 5_000) throw new Error('never ended');
      for (const { send } of open) send(EVENT);
      await reader.first(sent + 1);
    }
    expect(sent).toBeGreaterThan(5);
    deaf.send(EVENT);
    hearing?.send('event: booking\ndata: {"last":true}\n\n');
    expect((await reader.first(sent + 1)).at(-1)?.data).toEqual({ last: true });
  });

  it('ends at a beat for a reader for whom something still waits', async () => {
    const { port, open } = await aServer({ bufferedBytes: Number.MAX_SAFE_INTEGER, beatMs: 20 });
    deafClient(port);
    await until(() => open.length === 1);
    for (let i = 0; i < 100; i++) open[0]?.send(EVENT);
    await until(() => open[0]?.res.destroyed === true);
  });

  it('beats, and goes on as long as nobody knows whether its reader may stay', async () => {
    let isAway = true;
    const { failures, origin } = await aServer({ beatMs: 10 }, async () => {
      if (isAway) throw new DomainError('unavailable');
      return false;
    });
    const reader = await readEvents(origin);
    cleanUp.push(reader.close);
    await reader.until((text) => text.split(': beat\nevent: alive\ndata: {}\n\n').length > 3);
    isAway = false;
    expect(await reader.ended).toBe('ended');
    expect(failures).toEqual([]);
  });

  it('ends, and reports it, if a defect keeps it from knowing', async () => {
    const defect = new Error('a defect');
    const { failures, origin } = await aServer({ beatMs: 10 }, () => Promise.reject(defect));
    expect(await (await readEvents(origin)).ended).toBe('ended');
    expect(failures[0]).toBe(defect);
  });
});
