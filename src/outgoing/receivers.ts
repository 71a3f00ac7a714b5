import { type LookupAddress, type LookupAllOptions, lookup as systemLookup } from 'node:dns';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { SignedMessage, Unfit, WebhookReceivers } from '../app/ports/receivers';
import type { Outcome } from '../domain/webhooks/delivery';
import { addressIn, isPublicAddress } from './addresses';
import { signatureHeaders } from './signature';

/** A receiver takes a message and works on it later; whoever has not answered by then gets it again. */
const ATTEMPT_MS = 15_000;
/** How long somebody waits who enters an address, until its name is looked up. */
const LOOK_UP_MS = 2_000;
/** So much of an answer is read, so that a polite receiver is not cut off; nothing of it is kept. */
const MAX_ANSWER_BYTES = 16 * 1024;
/** Below it, other than https, are services that are not meant. */
const FIRST_FREE_PORT = 1024;

type LookUp = (
  name: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

interface Options {
  /** Hosts that may be private and may speak http, as `host` or `host:port`. */
  readonly allow: readonly string[];
  /** Looks up names; the system's where absent. */
  readonly lookUp?: LookUp;
  readonly attemptMs?: number;
}

/** Thrown when a name leads to an address at which nothing may be sent. */
class Inside extends Error {}

/**
 * Sends messages to programs on the Internet, and to hosts that the operator allows. No other address is ever connected
 * to: a name is looked up once for each connection, and the connection goes to the very addresses that were checked, so
 * that a name that changes in between leads nowhere else (DNS rebinding). Redirects are not followed.
 */
export function receivers({
  allow,
  lookUp = systemLookup as LookUp,
  attemptMs = ATTEMPT_MS,
}: Options): WebhookReceivers {
  const isAllowed = ({ hostname, host, protocol, port }: URL) =>
    allow.includes(hostname) || allow.includes(port ? host : `${host}:${protocol === 'https:' ? 443 : 80}`);

  /** Returns what is wrong with the URL itself, before any name is looked up. */
  const unfitAsWritten = (url: URL): Unfit | null => {
    if (isAllowed(url)) return null;
    if (url.protocol !== 'https:') return 'https';
    if (url.port !== '' && Number(url.port) < FIRST_FREE_PORT) return 'port';
    const address = addressIn(url);
    return address !== undefined && !isPublicAddress(address) ? 'address' : null;
  };

  const guarded: LookupFunction = (name, options, done) =>
    lookUp(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error('the name has no address'), '', 0);
      if (!addresses.every(({ address }) => isPublicAddress(address))) return done(new Inside(), '', 0);
      if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });

  return {
    async unfit(text) {
      const url = readUrl(text);
      if (!url) return 'url';
      const written = unfitAsWritten(url);
      if (written !== null || isAllowed(url) || addressIn(url) !== undefined) return written;
      const leadsInside = await new Promise<boolean>((done) => {
        const late = setTimeout(() => done(false), LOOK_UP_MS);
        lookUp(url.hostname, { all: true }, (error, addresses) => {
          clearTimeout(late);
          done(!error && addresses.some(({ address }) => !isPublicAddress(address)));
        });
      });
      return leadsInside ? 'address' : null;
    },

    post(message) {
      const url = readUrl(message.url);
      if (!url || unfitAsWritten(url) !== null) return Promise.resolve({ notReached: 'address' });
      return new Promise((done) => {
        // It ends by itself in any case: the signal covers name, connection and answer.
        const signal = AbortSignal.timeout(attemptMs);
        const asked = ask(url, message, { signal, ...(!isAllowed(url) && { lookup: guarded }) });
        asked.on('response', (answer) => {
          done({ status: answer.statusCode ?? 0 });
          readSome(answer);
        });
        asked.on('error', (error) => done(outcomeOf(error, signal)));
        asked.end(message.body);
      });
    },
  };
}

/** Returns the address; undefined if it is none to which a program could be sent a message. */
function readUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url : undefined;
}

function ask(
  url: URL,
  { body, ...message }: SignedMessage,
  how: { signal: AbortSignal; lookup?: LookupFunction },
): ClientRequest {
  return (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
    ...how,
    method: 'POST',
    // A connection of its own, so that none is taken up again whose address was not checked for this message.
    agent: false,
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'Sprechstunde',
      ...signatureHeaders({ ...message, body }),
    },
  });
}

function readSome(answer: IncomingMessage): void {
  let bytes = 0;
  answer.on('error', () => {});
  answer.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > MAX_ANSWER_BYTES) answer.destroy();
  });
}

function outcomeOf(error: Error, signal: AbortSignal): Outcome {
  if (error instanceof Inside) return { notReached: 'address' };
  return { notReached: signal.aborted ? 'time' : 'connection' };
}
