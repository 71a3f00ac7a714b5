import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as rest } from 'node:timers/promises';
import { languagesForTopic } from '../../src/domain/desk';
import { fill } from './fill';
import { type FullDesk, fullDesk } from './fullDesk';
import { figure, type Measure, median } from './measure';
import { progress, type Ready, type Setting } from './setting';

const PAGES = 10;
/** Between two looks at /healthz, ms. */
const PROBE_MS = 2;
/** Of a hundred half hours, so many stay free at the second desk: there the search has something to try. */
const GAPS_PERCENT = 3;
const WARM_UPS = 3;

/** What ten clients of a small desk that is booked out do to everybody else, each round after something has changed at the desk. */
export async function full(setting: Setting): Promise<Measure[]> {
  return [
    ...(await ofDesk(setting, 'a full small desk', fullDesk(Date.now()))),
    ...(await ofDesk(setting, 'the same with gaps', fullDesk(Date.now(), { gaps: GAPS_PERCENT }))),
  ];
}

/** Milliseconds, one value a round. */
interface Times {
  readonly health: number[];
  readonly slowest: number[];
  readonly day: number[];
  readonly start: number[];
  readonly explain: number[];
  readonly gone: number[];
}

async function ofDesk(setting: Setting, name: string, full: FullDesk): Promise<Measure[]> {
  const databaseUrl = `file:${setting.file('full')}`;
  await fill(databaseUrl, full);
  const program = await setting.program(databaseUrl);
  const asked = queries(full, program);
  const times: Times = { health: [], slowest: [], day: [], start: [], explain: [], gone: [] };
  let looks = 0;
  for (let round = 1 - WARM_UPS; round <= setting.rounds; round++) {
    if (round > 0) progress(`${name}, round ${round} of ${setting.rounds}`);
    await asked.change();
    const { health, pages } = await asked.beside(asked.days);
    const met = {
      health: percentile99(health),
      slowest: Math.max(...pages),
      day: await asked.cold(asked.days.slice(0, 1)),
      start: await asked.cold([asked.start]),
      explain: await asked.cold([asked.explain]),
      gone: await asked.cold([asked.gone]),
    };
    if (round < 1) continue;
    looks = health.length;
    for (const [what, took] of Object.entries(met)) times[what as keyof Times].push(took);
  }
  await program.term();
  const goal = (must: number, aim: number) => ({ better: 'less', must, aim }) as const;
  const page = goal(150, 50);
  return [
    {
      name: `${name}: p99 of \`/healthz\` beside ${PAGES} day pages`,
      values: times.health,
      unit: 'ms',
      goal: goal(50, 20),
      remark: `${full.bookings.length.toLocaleString('en')} bookings; ${looks} looks in the last round`,
    },
    {
      name: `${name}: the slowest of these ${PAGES} day pages`,
      values: times.slowest,
      unit: 'ms',
      goal: goal(150, 100),
      remark: `alone ${figure(median(times.day))} ms`,
    },
    { name: `${name}: its start page`, values: times.start, unit: 'ms', goal: page },
    { name: `${name}: \`…/slots/explain\``, values: times.explain, unit: 'ms', goal: page },
    { name: `${name}: a 409 with what is near`, values: times.gone, unit: 'ms', goal: page },
  ];
}

type Ask = () => Promise<void>;

/** What is asked of the desk. What is answered otherwise than expected is an error: it would be fast. */
function queries({ desk, bookings }: FullDesk, { origin }: Ready) {
  const page = (path: string, status = 200, json?: object): Ask => {
    return async () => {
      const answer = await ask(`${origin}${path}`, { method: json ? 'POST' : 'GET', json });
      if (answer.status !== status) throw new Error(`${path}: ${answer.status} ${answer.body.slice(0, 200)}`);
    };
  };
  const api = `/api/v1/desks/${desk.id}`;
  // Ten that differ, the languages first: what was found for one says nothing of another.
  const pairs = desk.topics
    .filter((topic) => topic.horizonDays === null)
    .flatMap((topic) => languagesForTopic(desk, topic.id).map((language, i) => ({ topic, language, i })))
    .sort((a, b) => a.i - b.i);
  const days = pairs.slice(0, PAGES).map(({ topic, language }) => {
    const query = new URLSearchParams({ language, topic: topic.id, mode: topic.modes[0] ?? '' });
    return page(`/en/${desk.id}/book/day?${query}`);
  });
  const [taken] = bookings.slice(bookings.length >> 1);
  if (!taken) throw new Error('a full desk without bookings');
  const wanted = { topic: 'residence', language: 'en', start: new Date(taken.time.start).toISOString() };
  const client = { name: 'Bench', email: 'bench@client.example', phone: '+49 211 5550100' };
  return {
    days,
    start: page(`/en/${desk.id}`),
    explain: page(`${api}/slots/explain?topic=residence&language=en&mode=phone`),
    gone: page(`${api}/bookings`, 409, { ...wanted, client, consent: true }),

    /** Something is taken and given back at the desk, after the days that all topics can be booked on: what was remembered is old. */
    async change(): Promise<void> {
      const slots = await ask(`${origin}${api}/slots?topic=school&language=en`);
      const start = (JSON.parse(slots.body) as { slots: { start: string }[] }).slots.at(-1)?.start;
      const json = { topic: 'school', language: 'en', start };
      const held = await ask(`${origin}${api}/holds`, { method: 'POST', json });
      const { id } = JSON.parse(held.body) as { id: string };
      const given = await ask(`${origin}${api}/holds/${id}`, { method: 'DELETE' });
      if (given.status !== 204) throw new Error(`the desk could not be changed: ${held.status}, ${given.status}`);
    },

    /** All at once, while /healthz is looked at by somebody else. */
    async beside(asks: readonly Ask[]): Promise<{ health: number[]; pages: number[] }> {
      const health: number[] = [];
      let over = false;
      const watch = (async () => {
        while (!over) {
          health.push(await took(page('/healthz')));
          await rest(PROBE_MS);
        }
      })();
      const pages = await Promise.all(asks.map(took));
      over = true;
      await watch;
      return { health, pages };
    },

    /** After a change. */
    async cold(asks: readonly Ask[]): Promise<number> {
      await this.change();
      return took(async () => {
        for (const ask of asks) await ask();
      });
    },
  };
}

interface Sent {
  readonly method?: string;
  readonly json?: object | undefined;
}

/** On a connection of its own: one that was kept breaks while nobody is answered. */
function ask(url: string, { method = 'GET', json }: Sent = {}): Promise<{ status: number | undefined; body: string }> {
  return new Promise((done, failed) => {
    const headers = json ? { 'Content-Type': 'application/json' } : {};
    const sent = request(url, { method, headers, agent: false }, (res) => {
      text(res).then((body) => done({ status: res.statusCode, body }), failed);
    });
    sent.on('error', failed).end(json && JSON.stringify(json));
  });
}

async function took(work: Ask): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function percentile99(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN;
}
