import { type IncomingHttpHeaders, request } from 'node:http';

/** One event of a stream, as a browser would dispatch it. */
export interface ReadEvent {
  readonly event: string;
  readonly id: string;
  readonly data: Record<string, unknown>;
}

/** A reader of server-sent events (HTML, §9.2.6). */
export interface EventReader {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Everything that has arrived, as it came. */
  text(): string;
  /** All events so far, but `alive`. */
  events(): readonly ReadEvent[];
  /** The last `id`, also if it came without an event. */
  lastId(): string;
  /** Waits for so many events, but `alive`, and returns all. */
  first(count: number): Promise<readonly ReadEvent[]>;
  /** Waits until `isSo` holds of the whole text. */
  until(isSo: (text: string) => boolean): Promise<void>;
  /** Resolves when the server has ended the answer, or broken it off. */
  readonly ended: Promise<'ended' | 'broken off'>;
  close(): void;
}

/** How long an event may take on a busy machine. */
const PATIENCE_MS = 20_000;

/** Asks for a stream, and reads it from then on. */
export async function readEvents(address: string, headers: Record<string, string> = {}): Promise<EventReader> {
  let text = '';
  let told: () => void = () => {};
  const asked = request(address, { headers: { Accept: 'text/event-stream', ...headers }, agent: false });
  const res = await new Promise<import('node:http').IncomingMessage>((done, failed) => {
    asked.once('response', done).once('error', failed).end();
  });
  const ended = new Promise<'ended' | 'broken off'>((done) => {
    res.once('end', () => done('ended')).once('error', () => done('broken off'));
  });
  res.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    told();
  });
  void ended.then(() => told());
  const until = (isSo: (text: string) => boolean) =>
    new Promise<void>((done, failed) => {
      const late = setTimeout(() => failed(new Error(`never, but:\n${text}`)), PATIENCE_MS);
      told = () => {
        if (!isSo(text)) return;
        clearTimeout(late);
        told = () => {};
        done();
      };
      told();
    });
  const events = () => blocks(text).filter(({ event }) => event !== '' && event !== 'alive');
  return {
    status: res.statusCode ?? 0,
    headers: res.headers,
    text: () => text,
    events,
    lastId: () =>
      blocks(text)
        .map(({ id }) => id)
        .findLast((id) => id !== '') ?? '',
    first: async (count) => {
      await until(() => events().length >= count);
      return events();
    },
    until,
    ended,
    close: () => asked.destroy(),
  };
}

function blocks(text: string): ReadEvent[] {
  const whole = text.split('\n\n').slice(0, -1);
  return whole.map((block) => {
    const fields = block.split('\n').filter((line) => !line.startsWith(':'));
    const field = (name: string) => fields.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
    return { event: field('event'), id: field('id'), data: JSON.parse(field('data') || '{}') };
  });
}
