import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { CalendarMark, CalendarProblem, CalendarReader } from '../app/ports/calendarReader';
import { type GuardOptions, guard, Inside, readWebUrl } from './guard';

/** How long a calendar may take, from the look at its name to its last byte. */
const READ_MS = 15_000;
/** A calendar of many years has some hundred kB. */
const MAX_CALENDAR_BYTES = 5 * 1024 * 1024;

interface Options extends GuardOptions {
  readonly readMs?: number;
  readonly maxBytes?: number;
}

/**
 * Reads calendars from addresses that `guard` allows. Redirects are not followed, and nothing is unpacked: whoever asks
 * gets a calendar as it is, or a word about why not. `webcal:` is https.
 */
export function calendarReader({
  readMs = READ_MS,
  maxBytes = MAX_CALENDAR_BYTES,
  ...options
}: Options): CalendarReader {
  const { unfitAsWritten, connecting } = guard(options);
  return {
    read(text, known = { tag: null, modified: null }) {
      const url = readWebUrl(text.replace(/^webcals?:/i, 'https:'));
      const unfit = url ? unfitAsWritten(url) : 'url';
      if (!url || unfit !== null) return Promise.resolve({ problem: unfit ?? 'url' });
      return new Promise((done) => {
        const fail = (problem: CalendarProblem) => done({ problem });
        // It ends by itself in any case: the signal covers name, connection and answer.
        const signal = AbortSignal.timeout(readMs);
        const failed = (error: Error) =>
          fail(error instanceof Inside ? 'address' : signal.aborted ? 'time' : 'connection');
        const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
        const asked = send(url, { signal, ...connecting(url), headers: headersFor(known) });
        asked.on('error', failed);
        asked.on('response', (answer) => {
          answer.on('error', failed);
          const why = problemOf(answer, maxBytes);
          if (answer.statusCode === 200 && why === null) return collect(answer, { maxBytes, done, fail });
          if (answer.statusCode === 304) done('same');
          else fail(why ?? 'refused');
          answer.destroy();
        });
        asked.end();
      });
    },
  };
}

function headersFor({ tag, modified }: CalendarMark) {
  return {
    Accept: 'text/calendar, */*;q=0.1',
    'Accept-Encoding': 'identity',
    'User-Agent': 'Sprechstunde',
    ...(tag !== null && { 'If-None-Match': tag }),
    ...(modified !== null && { 'If-Modified-Since': modified }),
  };
}

function problemOf({ statusCode = 0, headers }: IncomingMessage, maxBytes: number): CalendarProblem | null {
  if (statusCode >= 300 && statusCode < 400) return 'moved';
  if (statusCode !== 200) return 'refused';
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return 'no_calendar';
  return Number(headers['content-length'] ?? 0) > maxBytes ? 'large' : null;
}

interface Collecting {
  readonly maxBytes: number;
  readonly done: (read: { readonly text: string } & CalendarMark) => void;
  readonly fail: (problem: CalendarProblem) => void;
}

function collect(answer: IncomingMessage, { maxBytes, done, fail }: Collecting): void {
  const parts: Buffer[] = [];
  let bytes = 0;
  answer.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes <= maxBytes) return void parts.push(part);
    fail('large');
    answer.destroy();
  });
  answer.on('end', () => {
    const { etag = null, 'last-modified': modified = null } = answer.headers;
    done({ text: Buffer.concat(parts).toString('utf8'), tag: shortly(etag), modified: shortly(modified) });
  });
}

/** A mark is stored and sent back; one that is too long for that is none. */
function shortly(mark: string | null): string | null {
  const MAX_MARK_LENGTH = 200;
  return mark !== null && mark.length <= MAX_MARK_LENGTH ? mark : null;
}
