import type { AddressInfo, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { SMTPServer } from 'smtp-server';

/** A mail as the server took it: the bytes of DATA and the envelope. */
export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

/**
 * - `accept`: 250
 * - a reply code: refuses the recipient with it, with `data` the mail itself, with `mailFrom` the sender
 * - `drop`: takes the mail and breaks the connection before the reply: nobody knows the outcome
 * - `hang`: takes the mail and never replies
 * - `trickle`: takes the mail and replies without end, a line every tenth of a second
 * - `silent`: does not even greet
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
  /** What was acknowledged with 250, in order. */
  readonly received: Received[];
  /** What arrived whole, but was not acknowledged. */
  readonly unacknowledged: Received[];
  /** From the next mail on; with `to`, only towards mail to that address. */
  behave(how: Behaviour, to?: string): void;
  /** Whom to tell of each mail from the next on, in the moment in which its 250 has been written to the connection. */
  tell(acknowledged: (mail: Received) => void): void;
  /** Its certificate from the next connection on. */
  present(certificate: Certificate): void;
  /** Breaks all connections, as a server that dies: whoever waits for a reply gets none. Without TLS only. */
  breakOff(): void;
  close(): Promise<void>;
}

/** In PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

interface Options {
  /** Where it speaks TLS; not at all if left out. Until `present`, with a certificate that nobody trusts. */
  readonly tls?: 'by STARTTLS' | 'from the first byte';
  /** The address of this machine at which it listens; 127.0.0.1 if left out. */
  readonly host?: string;
}

/** A real SMTP server on a free port of this machine. It wants no password, and takes none. */
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
      // A mail that broke off in the middle was never there.
      void bytesOf(stream).then(take, () => {});
    },
  });
  // A connection that the other side breaks is part of the game.
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
    close: () =>
      new Promise((resolve) => {
        // Under TLS the sockets are not ours to destroy (Node 20 crashes over it): those end with the server's closeTimeout.
        if (!tls) breakOff();
        server.close(() => resolve());
      }),
  };
}

/** The address of a mail server at which nobody listens any more. */
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
