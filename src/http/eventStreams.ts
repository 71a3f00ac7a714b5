import type { ServerResponse } from 'node:http';
import { DomainError, isRefusal } from '../domain/errors';
import { MAX_STREAMS } from './limits';
import type { Measures } from './measures';

export const EVENT_STREAM = 'text/event-stream';

/** What bounds a stream of events. */
export interface StreamBounds {
  /** The time from one beat to the next. A proxy that waits less for an answer cuts the stream. */
  readonly beatMs: number;
  /** The most that waits for a slow reader. It is some thousand events. */
  readonly bufferedBytes: number;
  readonly streamsOfOne: number;
  readonly streams: number;
}

const STREAM_BOUNDS: StreamBounds = {
  beatMs: 20_000,
  bufferedBytes: 64 * 1024,
  streamsOfOne: MAX_STREAMS.eventStreamsOfOne,
  streams: MAX_STREAMS.eventStreams,
};

/** How long somebody waits who was refused a stream: streams that nobody reads any more are noticed at a beat. */
const RETRY_AFTER_S = 30;
/** How long a browser waits before it connects again by itself. */
const RECONNECT_MS = 2_000;

interface Stream {
  /** Who reads it: the id of a person, or the hash of a program's token. */
  readonly reader: string;
  /** Returns an event that is sent at a beat beside the comment line, or an empty text. */
  readonly beat: () => string;
  /** Tells whether the reader may still read it; asked at each beat. */
  readonly mayStay: () => Promise<boolean>;
}

interface Deps {
  readonly measures: Pick<Measures, 'limited' | 'streams'>;
  /** Aborted when the program begins to stop. */
  readonly stopping: AbortSignal;
  /** Called when it cannot be found out whether a reader may stay; the stream is ended then. */
  readonly failed: (error: unknown) => void;
}

/** The streams of events (https://html.spec.whatwg.org/multipage/server-sent-events.html) that one process sends. */
export interface EventStreams {
  /**
   * Begins a stream as the answer to a request, whose client must still be there. `res` says when it is over.
   *
   * @returns a function that sends a text, and does nothing any more when the stream is over
   * @throws DomainError `too-many-requests`, before anything is sent, if the reader or all together have as many as
   *   there may be
   */
  open(res: ServerResponse, stream: Stream): (text: string) => void;
}

/**
 * Sends streams that end when the program stops, when their reader may not read any longer, and when it does not read.
 * None of them is compressed or kept back by anything between the program and its client that knows how to.
 */
export function eventStreams({ measures, stopping, failed }: Deps, bounds: Partial<StreamBounds> = {}): EventStreams {
  const { beatMs, bufferedBytes, streamsOfOne, streams } = { ...STREAM_BOUNDS, ...bounds };
  const open = new Map<ServerResponse, string>();
  stopping.addEventListener('abort', () => {
    for (const res of open.keys()) res.end();
  });

  const assertRoom = (reader: string) => {
    const ofOne = [...open.values()].filter((each) => each === reader).length;
    const full = ofOne >= streamsOfOne ? 'eventStreamsOfOne' : open.size >= streams ? 'eventStreams' : undefined;
    if (!full) return;
    measures.limited(full);
    throw new DomainError('too-many-requests', { retryAfterSeconds: RETRY_AFTER_S });
  };

  return {
    open(res, { reader, beat, mayStay }) {
      assertRoom(reader);
      open.set(res, reader);
      measures.streams(open.size);
      const send = (text: string) => {
        if (res.writableEnded || res.destroyed) return;
        // Asked before this text is written, which leaves the program in the next turn of the event loop.
        if (res.writableLength > bufferedBytes) res.destroy();
        else res.write(text);
      };
      const onBeat = async () => {
        // What was sent before this beat or the last one has still not left: nobody reads.
        if (res.writableLength > 0 || res.writableEnded) return void res.destroy();
        send(`: beat\n${beat() || '\n'}`);
        if (!(await mayStay())) res.end();
      };
      const beats = setInterval(() => {
        onBeat().catch((error: unknown) => {
          // While the database is away, nobody knows whether a reader may stay, so everybody does.
          if (isRefusal(error, 'unavailable')) return;
          failed(error);
          res.end();
        });
      }, beatMs);
      res.once('close', () => {
        clearInterval(beats);
        open.delete(res);
        measures.streams(open.size);
      });
      res.on('error', () => {});
      // The connection is not used again, so that a program which stops does not wait for another request on it.
      res.setHeader('Connection', 'close');
      res.setHeader('Content-Type', EVENT_STREAM);
      res.setHeader('Cache-Control', 'no-store');
      // Tells nginx to pass on each event at once.
      res.setHeader('X-Accel-Buffering', 'no');
      res.flushHeaders();
      send(`retry: ${RECONNECT_MS}\n\n`);
      if (stopping.aborted) res.end();
      return send;
    },
  };
}
