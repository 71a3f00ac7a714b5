import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { DESK } from './desk';
import { over, pause } from './program';

/** One booking that the program has acknowledged with 201. */
export interface Acknowledged {
  readonly id: string;
  readonly key: string;
  readonly email: string;
}

/**
 * The bookings that were acknowledged to the clients. Each is on disk before its client goes on, so that no fault of a
 * test can lose it.
 */
export interface Ledger {
  acknowledge(booking: Acknowledged): void;
  read(): Acknowledged[];
  close(): void;
}

export function ledger(file: string): Ledger {
  const fd = openSync(file, 'a');
  return {
    acknowledge(booking) {
      writeSync(fd, `${JSON.stringify(booking)}\n`);
      fsyncSync(fd);
    },
    read: () =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Acknowledged),
    close: () => closeSync(fd),
  };
}

/** How often the clients met each outcome. */
export interface Met {
  tries: number;
  acknowledged: number;
  /** 409: somebody else was faster. */
  conflicts: number;
  /** 503 with Retry-After. */
  unavailable: number;
  /** The connection broke, or nobody listened. */
  broken: number;
  /** No answer within the client's patience. */
  late: number;
  /** The longest that a client waited for one answer, of whatever kind. */
  slowestMs: number;
  /** Anything else: must stay empty. */
  readonly strange: string[];
}

/** How long a client waits for one answer. */
const PATIENCE_MS = 30_000;
/** The clients choose among so many of the first free starts, few enough that several want the same one. */
const CONTESTED = 300;

interface Options {
  /** The addresses that the clients ask in turn; several programs, if no balancer stands in front of them. */
  readonly origins: readonly string[];
  readonly ledger: Ledger;
  readonly parallel: number;
  /** Returns a random number in [0, 1). */
  readonly random?: () => number;
  /** How long each client waits after one booking before it tries the next. */
  readonly restMs?: number;
  /** false: the clients send no Idempotency-Key, and therefore never send a booking again. */
  readonly keys?: boolean;
}

/**
 * Returns clients who book as fast as they can. Each sends a booking again, with its Idempotency-Key, until it has an
 * answer.
 */
export function bookers(options: Options) {
  const { origins, ledger, parallel, random = Math.random, restMs = 0, keys = true } = options;
  const met: Met = {
    tries: 0,
    acknowledged: 0,
    conflicts: 0,
    unavailable: 0,
    broken: 0,
    late: 0,
    slowestMs: 0,
    strange: [],
  };
  let stopped = false;
  let running: Promise<void>[] = [];
  let turn = 0;
  const origin = () => origins[turn++ % origins.length] as string;

  async function book(topic: string, start: string): Promise<void> {
    const key = randomUUID();
    const email = `${key}@client.example`;
    const body = JSON.stringify({
      topic,
      language: 'en',
      mode: 'phone',
      start,
      client: { name: 'Fault Probe', email, phone: '+49 30 23125 001' },
      consent: true,
    });
    // `stop` does not end this loop: the client has asked, so it goes on until it knows what became of its booking.
    for (let tries = 0; tries < 600 && !over.aborted; tries++) {
      met.tries++;
      const asked = performance.now();
      const patience = AbortSignal.timeout(PATIENCE_MS);
      const answer = await fetch(`${origin()}/api/v1/desks/${DESK}/bookings`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(keys ? { 'Idempotency-Key': key } : {}) },
        body,
        signal: patience,
      }).catch(() => undefined);
      const text = await answer?.text().catch(() => undefined);
      met.slowestMs = Math.max(met.slowestMs, performance.now() - asked);
      if (!answer || text === undefined) met[patience.aborted ? 'late' : 'broken']++;
      else if (answer.status === 201) {
        met.acknowledged++;
        return ledger.acknowledge({ id: String(JSON.parse(text).id), key, email });
      } else if (answer.status === 409) {
        met.conflicts++;
        return;
      } else if (answer.status === 503 && answer.headers.has('retry-after')) met.unavailable++;
      else {
        met.strange.push(`${answer.status} ${text.slice(0, 200)}`);
        return;
      }
      if (!keys) return;
      await pause(100);
    }
    met.strange.push('no answer');
  }

  async function client(starts: readonly string[]): Promise<void> {
    while (!stopped && !over.aborted) {
      await book(random() < 0.5 ? 'residence' : 'career', starts[Math.floor(random() * starts.length)] as string);
      await pause(restMs);
    }
  }

  return {
    met,
    /** Lets the clients begin. They choose among the starts that are free now. */
    async start(): Promise<void> {
      const answer = await fetch(`${origin()}/api/v1/desks/${DESK}/slots?topic=career&language=en`);
      const { slots } = (await answer.json()) as { slots: { start: string }[] };
      const starts = slots.slice(0, CONTESTED).map(({ start }) => start);
      running = Array.from({ length: parallel }, () => client(starts));
    },
    /**
     * Lets `clients` clients book the topic of an hour at once, one booking each, spread evenly over the starts.
     * Resolves when each knows the outcome.
     */
    async race(clients: number, starts: readonly string[]): Promise<Met> {
      await Promise.all(Array.from({ length: clients }, (_, i) => book('career', starts[i % starts.length] as string)));
      return met;
    },
    /**
     * Resolves when `more` further bookings were acknowledged, or after `mostMs`, because no more are acknowledged once
     * everything is booked.
     */
    async acknowledged(more: number, mostMs: number): Promise<void> {
      const [enough, until] = [met.acknowledged + more, performance.now() + mostMs];
      while (met.acknowledged < enough && performance.now() < until) await pause(5);
    },
    /** Keeps the clients from beginning new bookings. Resolves when each knows what became of its last one. */
    async stop(): Promise<Met> {
      stopped = true;
      await Promise.all(running);
      return met;
    },
  };
}
