import autocannon from 'autocannon';
import { answer } from './peer';
import { shuffled } from './questions';

/** What is asked, by how many, for how long. */
export interface Load {
  /** One, or several that are asked in turn. */
  readonly origins: readonly string[];
  /** Asked in turn, each by GET; with `bodies`, the one to which each of them is posted once. */
  readonly paths: readonly string[];
  readonly bodies?: readonly string[];
  /** Each connection asks in an order of its own, from this seed; absent: all ask in the given order. */
  readonly shuffle?: number;
  /** The connections share the questions: none asks what another asks in the same turn through the list. */
  readonly inTurn?: boolean;
  readonly connections: number;
  readonly seconds?: number;
  /** Instead of seconds. */
  readonly amount?: number;
  /** Bookings that arrive meanwhile, evenly. */
  readonly arriving?: { readonly url: string; readonly bodies: readonly string[]; readonly perSecond: number };
}

/** What came of it. */
export interface Loaded {
  /** Answers of the expected kind (200, or 201 to what was posted) per second, from the first question to the last answer. */
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** How often which status was answered. */
  readonly answers: Readonly<Record<number, number>>;
  readonly arrived: Readonly<Record<number, number>>;
  /** What this process had of its core, in [0, 1]: near 1, it is the load that is measured, not the server. */
  readonly busy: number;
}

const PATIENCE_SECONDS = 60;

answer<Load, Loaded>(async (load) => {
  const arrivals = load.arriving ? arrive(load.arriving) : undefined;
  const cpu = process.cpuUsage();
  const began = performance.now();
  let last = began;
  const took: number[] = [];
  const answers: Record<number, number> = {};
  const run = autocannon({
    url: [...load.origins],
    connections: load.connections,
    sampleInt: 50,
    timeout: PATIENCE_SECONDS,
    ...(load.amount === undefined ? { duration: load.seconds ?? 1 } : { amount: load.amount }),
    requests: requestsOf(load),
    ...(load.shuffle !== undefined && { setupClient: shuffler(load.paths, load.shuffle) }),
    ...(load.inTurn && { setupClient: dealer(load) }),
  });
  run.on('response', (_client, status: number, _bytes, ms: number) => {
    answers[status] = (answers[status] ?? 0) + 1;
    took.push(ms);
    last = performance.now();
  });
  const { errors } = await run;
  if (errors > 0) throw new Error(`${errors} requests without an answer`);
  const { user, system } = process.cpuUsage(cpu);
  if (took.length === 0) throw new Error('no answer in this time');
  took.sort((a, b) => a - b);
  const seconds = (last - began) / 1_000;
  return {
    perSecond: (answers[load.bodies ? 201 : 200] ?? 0) / seconds,
    p50: took[Math.floor(took.length * 0.5)] ?? Number.NaN,
    p99: took[Math.floor(took.length * 0.99)] ?? Number.NaN,
    answers,
    arrived: (await arrivals?.end()) ?? {},
    busy: (user + system) / 1_000 / (performance.now() - began),
  };
});

function requestsOf({ paths, bodies }: Load): readonly autocannon.Request[] {
  if (!bodies) return paths.map((path) => ({ path }));
  let next = 0;
  const headers = { 'Content-Type': 'application/json' };
  const [path = '/'] = paths;
  return [
    {
      method: 'POST',
      path,
      headers,
      setupRequest: (request) => {
        const body = bodies[next++];
        if (body === undefined) throw new Error('more was asked than there are bodies');
        return { ...request, body };
      },
    },
  ];
}

/** Gives each connection all the questions in an order of its own: in a rush no two ask the same at once. */
function shuffler(paths: readonly string[], seed: number): (client: autocannon.Client) => void {
  let connection = 0;
  return (client) => client.setRequests(shuffled(paths, seed + connection++).map((path) => ({ path })));
}

/** Gives each connection its share of the questions, so that all are asked equally often. */
function dealer({ paths, connections }: Load): (client: autocannon.Client) => void {
  let connection = 0;
  return (client) => {
    const first = connection++;
    client.setRequests(paths.filter((_, i) => i % connections === first).map((path) => ({ path })));
  };
}

/** Bookings that come by themselves, whether the one before was answered or not. */
function arrive({ url, bodies, perSecond }: NonNullable<Load['arriving']>) {
  const arrived: Record<number, number> = {};
  const under: Promise<void>[] = [];
  let next = 0;
  const timer = setInterval(() => {
    const body = bodies[next++];
    if (body === undefined) throw new Error('more bookings arrive than there are bodies');
    const booking = fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    under.push(
      booking.then(async (answered) => {
        await answered.arrayBuffer();
        arrived[answered.status] = (arrived[answered.status] ?? 0) + 1;
      }),
    );
  }, 1_000 / perSecond);
  return {
    async end() {
      clearInterval(timer);
      await Promise.all(under);
      return arrived;
    },
  };
}
