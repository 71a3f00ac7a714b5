import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { SignedMessage, WebhookReceivers } from '../app/ports/receivers';
import type { Outcome } from '../domain/webhooks/delivery';
import { type GuardOptions, guard, Inside, readWebUrl } from './guard';
import { signatureHeaders } from './signature';

/** A receiver takes a message and works on it later; whoever has not answered by then gets it again. */
const ATTEMPT_MS = 15_000;
/** So much of an answer is read, so that a polite receiver is not cut off; nothing of it is kept. */
const MAX_ANSWER_BYTES = 16 * 1024;

interface Options extends GuardOptions {
  readonly attemptMs?: number;
}

/** Sends messages to programs at addresses that `guard` allows. Redirects are not followed. */
export function receivers({ attemptMs = ATTEMPT_MS, ...options }: Options): WebhookReceivers {
  const { unfit, unfitAsWritten, connecting } = guard(options);
  return {
    unfit,

    post(message) {
      const url = readWebUrl(message.url);
      if (!url || unfitAsWritten(url) !== null) return Promise.resolve({ notReached: 'address' });
      return new Promise((done) => {
        // It ends by itself in any case: the signal covers name, connection and answer.
        const signal = AbortSignal.timeout(attemptMs);
        const asked = ask(url, message, { signal, ...connecting(url) });
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

function ask(
  url: URL,
  { body, ...message }: SignedMessage,
  how: { signal: AbortSignal; agent: false; lookup?: LookupFunction },
): ClientRequest {
  return (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
    ...how,
    method: 'POST',
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
