import { type AddressInfo, createServer, connect as dial, type Server, type Socket } from 'node:net';

/**
 * A TCP proxy between two programs, at a port that stays the same. It can be cut, slowed down, or led to another port.
 */
export interface Wire {
  readonly port: number;
  /** Returns how many connections were taken so far. */
  readonly taken: () => number;
  /** Leads new connections to another port. */
  leadTo(port: number): void;
  /** Breaks all open connections and stops listening. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /**
   * Slows new connections down to one byte in so many milliseconds, both ways; null: they are as fast as they can be.
   */
  slowDown(msPerByte: number | null): void;
  /**
   * For the next `count` connections, the request goes through and is answered, but the answer does not come back: the
   * connection breaks instead.
   */
  loseAnswers(count: number): void;
  close(): Promise<void>;
}

/** Opens a wire from a free port of this machine to the port `to`. */
export async function wire(to: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let target = to;
  let taken = 0;
  let msPerByte: number | null = null;
  let toLose = 0;

  const take = (here: Socket) => {
    taken++;
    const there = dial(target, '127.0.0.1');
    for (const [from, onto] of [
      [here, there],
      [there, here],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        onto.destroy();
      });
    }
    const lose = toLose > 0 ? toLose-- > 0 : false;
    if (msPerByte !== null) {
      drip(here, there, msPerByte);
      drip(there, here, msPerByte);
    } else {
      here.pipe(there);
      if (lose) there.once('data', () => here.destroy());
      else there.pipe(here);
    }
  };

  let server = await listening(0, take);
  const { port } = server.address() as AddressInfo;
  const cut = async () => {
    const closed = new Promise((done) => server.close(done));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    port,
    taken: () => taken,
    leadTo: (other) => {
      target = other;
    },
    cut,
    async mend() {
      server = await listening(port, take);
    },
    slowDown: (ms) => {
      msPerByte = ms;
    },
    loseAnswers: (count) => {
      toLose = count;
    },
    close: cut,
  };
}

function listening(port: number, take: (socket: Socket) => void): Promise<Server> {
  return new Promise((done, failed) => {
    const server = createServer(take);
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => done(server));
  });
}

/**
 * Passes on one byte in so many milliseconds. It reads no faster than it writes, so that the sender's own buffers fill
 * as on a slow line.
 */
function drip(from: Socket, onto: Socket, msPerByte: number): void {
  const timer = setInterval(() => {
    const byte = from.read(1) as Buffer | null;
    if (byte) onto.write(byte);
  }, msPerByte);
  from.on('readable', () => {});
  from.on('close', () => clearInterval(timer));
}
