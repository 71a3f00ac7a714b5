import type { AddressInfo, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

/** A mail as the server took it: the bytes of DATA and the envelope. */
export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

/**
 * How the server treats a mail:
 *
 * - `accept`: it replies 250
 * - a reply code: it refuses the recipient with it; as `data` it refuses the mail itself, as `mailFrom` the sender
 * - `drop`: it takes the mail and breaks the connection before the reply, so that the sender does not know the outcome
 * - `hang`: it takes the mail and never replies
 * - `trickle`: it takes the mail and replies without end, a line every tenth of a second
 * - `silent`: it does not even greet
 */
export type Behaviour =
  | 'accept'
  | 'drop'
  | 'hang'
  | 'trickle'
  | 'silent'
  | number
  | { readonly data: number }
  | { readonly mailFrom: number };

export interface SmtpPeer {
  readonly url: string;
  /** The mails that were acknowledged with 250, in order. */
  readonly received: Received[];
  /** The mails that arrived whole, but were not acknowledged. */
  readonly unacknowledged: Received[];
  /** Sets the behaviour from the next mail on; with `to`, only towards mail to that address. */
  behave(how: Behaviour, to?: string): void;
  /**
   * Sets the function that is called for each mail from the next on, as soon as its 250 has been written to the
   * connection.
   */
  tell(acknowledged: (mail: Received) => void): void;
  /** Sets the certificate from the next connection on. */
  present(certificate: Certificate): void;
  /**
   * Breaks all connections, as a server does that dies: a client that waits for a reply gets none. Works without TLS
   * only.
   */
  breakOff(): void;
  /**
   * The same, and waits until the server knows it: whatever had arrived by then is treated as before, and nothing of it
   * as from the next `behave` on. Under TLS the connections stay.
   */
  disconnect(): Promise<void>;
  close(): Promise<void>;
}

/** A private key and its certificate, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

interface Options {
  /**
   * When the server begins to speak TLS; if left out, it never does. Until `present` is called, its certificate is one
   * that nobody trusts.
   */
  readonly tls?: 'by STARTTLS' | 'from the first byte';
  /** The address of this machine at which the server listens; 127.0.0.1 if left out. */
  readonly host?: string;
}

/** Starts a real SMTP server on a free port of this machine. It requires no password, and refuses any. */
export async function smtpPeer({ tls, host = '127.0.0.1' }: Options = {}): Promise<SmtpPeer> {
  const received: Received[] = [];
  const unacknowledged: Received[] = [];
  const sockets = new Set<Socket>();
  let behaviour: Behaviour = 'accept';
  let concerned: string | undefined;
  let tell: (mail: Received) => void = () => {};
  const breakOff = () => {
    for (const socket of sockets) socket.destroy();
  };
  const towards = (to: readonly string[]): Behaviour =>
    concerned === undefined || to.includes(concerned) ? behaviour : 'accept';

  const server = new SMTPServer({
    disabledCommands: tls === 'by STARTTLS' ? [] : ['STARTTLS'],
    secure: tls === 'from the first byte',
    logger: false,
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(reply(535)),
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect: (_session, done) => {
      if (behaviour !== 'silent') done();
    },
    onMailFrom: (_address, _session, done) => {
      done(typeof behaviour === 'object' && 'mailFrom' in behaviour ? reply(behaviour.mailFrom) : null);
    },
    onRcptTo: ({ address }, _session, done) => {
      const how = towards([address]);
      done(typeof how === 'number' ? reply(how) : null);
    },
    onData: (stream, session, done) => {
      const take = (raw: Buffer) => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map((to) => to.address), raw };
        const how = towards(mail.to);
        if (how === 'accept') received.push(mail);
        else unacknowledged.push(mail);
        if (how === 'accept') {
          done();
          return tell(mail);
        }
        if (how === 'drop') breakOff();
        if (how === 'trickle') for (const socket of sockets) trickle(socket);
        if (typeof how === 'object' && 'data' in how) done(reply(how.data));
      };
      // A mail whose connection broke off in the middle did not arrive; nothing is noted of it.
      void bytesOf(stream).then(take, () => {});
    },
  });
  // Tests break connections on purpose, and without a listener the error would end the test's process.
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));

  return {
    url: `${tls === 'from the first byte' ? 'smtps' : 'smtp'}://${host}:${(server.server.address() as AddressInfo).port}`,
    received,
    unacknowledged,
    behave: (how, to) => {
      behaviour = how;
      concerned = to;
    },
    tell: (acknowledged) => {
      tell = acknowledged;
    },
    present: (certificate) => server.updateSecureContext({ ...certificate }),
    breakOff,
    disconnect: async () => {
      if (!tls) breakOff();
      // One turn for the closing of the sockets, one for the mails that they were about to hand over.
      await turn();
      await turn();
    },
    close: () =>
      new Promise((resolve) => {
        // Under TLS we must not destroy the sockets (Node 20 crashes over it): the server ends them after its
        // closeTimeout.
        if (!tls) breakOff();
        server.close(() => resolve());
      }),
  };
}

/** Returns the address of a mail server at which nobody listens any more. */
export async function nobodyAtSmtp(): Promise<string> {
  const { url, close } = await smtpPeer();
  await close();
  return url;
}

function reply(code: number): Error {
  return Object.assign(new Error(code < 500 ? 'try again later' : 'no such mailbox'), { responseCode: code });
}

function trickle(socket: Socket): void {
  const timer = setInterval(() => socket.write('250-one moment\r\n'), 100);
  socket.on('close', () => clearInterval(timer));
}

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
