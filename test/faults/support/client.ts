import { randomUUID } from 'node:crypto';
import { DESK } from './desk';

/** An answer, read to its end. */
export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** How long the answer took. */
  readonly ms: number;
}

/** What a client knows of their booking. */
export interface Known {
  readonly id: string;
  readonly email: string;
  /** The secret of the manage link. */
  readonly token: string;
  readonly start: string;
  readonly end: string;
  readonly sequence: number;
  readonly version: number;
  readonly status: string;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as a form if it is URLSearchParams. */
  readonly body?: object;
}

/** Sends a request over a connection of its own, so that no broken connection affects another request. */
export async function ask(url: string, { method, headers = {}, body }: Ask = {}): Promise<Heard> {
  const isForm = body instanceof URLSearchParams;
  const began = performance.now();
  const answer = await fetch(url, {
    method: method ?? (body ? 'POST' : 'GET'),
    redirect: 'manual',
    headers: {
      Connection: 'close',
      ...(body && !isForm ? { 'Content-Type': 'application/json' } : {}),
      ...headers,
    },
    signal: AbortSignal.timeout(60_000),
    ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, ms: performance.now() - began };
}

/** Parses the JSON of an answer. */
export function jsonOf<T>({ text }: Heard): T {
  return JSON.parse(text) as T;
}

/** Returns what an answer tells a client of their booking. */
export function bookingOf(heard: Heard): Known {
  const { client, manageUrl, ...rest } = jsonOf<Known & { manageUrl: string; client: { email: string } }>(heard);
  return { ...rest, email: client.email, token: manageUrl.replace(/^.*\/b\//, '') };
}

/** What a client asks for. */
export interface Wish {
  readonly start: string;
  readonly topic?: 'residence' | 'career';
  readonly email?: string;
  readonly key?: string;
  readonly hold?: string;
}

/** Returns a client who uses the API of the fault desk. */
export function client(origin: string) {
  const desk = `${origin}/api/v1/desks/${DESK}`;
  const own = (token: string) => `${origin}/api/v1/bookings/${token}`;
  const keyed = (key: string | undefined) => (key ? { headers: { 'Idempotency-Key': key } } : {});
  return {
    origin,
    /** Returns the starts at which the topic is free, ascending. */
    async slots(topic: 'residence' | 'career' = 'residence', query = ''): Promise<string[]> {
      const heard = await ask(`${desk}/slots?topic=${topic}&language=en${query}`);
      return jsonOf<{ slots: { start: string }[] }>(heard).slots.map(({ start }) => start);
    },
    book: ({ start, topic = 'residence', email = anyone(), key, hold }: Wish) =>
      ask(`${desk}/bookings`, {
        ...keyed(key),
        body: {
          topic,
          language: 'en',
          mode: 'phone',
          start,
          client: { name: 'Fault Probe', email, phone: '+49 30 23125 001' },
          consent: true,
          ...(hold ? { hold } : {}),
        },
      }),
    hold: (start: string, topic = 'residence') => ask(`${desk}/holds`, { body: { topic, language: 'en', start } }),
    see: (token: string) => ask(own(token)),
    move: (token: string, start: string) => ask(`${own(token)}/reschedule`, { body: { start } }),
    cancel: (token: string) => ask(`${own(token)}/cancel`, { body: {} }),
  };
}

export type Client = ReturnType<typeof client>;

/** Returns a mail address that nobody else has. */
export function anyone(): string {
  return `${randomUUID()}@client.example`;
}

/** Counts the answers by status: `{ 201: 1, 409: 199 }`. */
export function counted(heard: readonly Heard[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of heard) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
